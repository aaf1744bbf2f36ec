import DatasetFiles
import DatasetFormats
import DatasetGen

/// The small tables beside a Parquet file: events as in `events.csv`, and the sensors and phenomena of the recipe.
struct ParquetTablesCheck {
    private let files: StoredFolder
    private let plan: GenerationPlan
    private let timestamps: TimestampStyle

    init(_ files: StoredFolder, _ output: ReadingOutput, of plan: GenerationPlan) {
        (self.files, self.plan, timestamps) = (files, plan, output.parameters.timestamps)
    }

    /// Disagreements after which the rest is not looked at.
    private static let limit = 100

    /// Compares a table with rows that it should have.
    ///
    /// - Parameters:
    ///   - name: the file's name.
    ///   - columns: its columns.
    ///   - next: the next row that it should have; nil behind the last.
    /// - Returns: what is wrong with it, and how many rows it has.
    /// - Throws: ``FileError`` when a file cannot be read.
    private func compare<Item>(
        _ name: String,
        _ columns: [TableColumn<Item>],
        _ next: () throws(FileError) -> [ParquetValue]?
    ) throws(FileError) -> (problems: Problems, count: Int64) {
        var (problems, count) = (Problems(), Int64(0))
        do throws(StoredFailure) {
            let table = try ParquetTableRows(files.file(of: name), columns.map { ParquetColumn($0, timestamps) })
            while problems.count < Self.limit {
                let expected: [ParquetValue]?
                do throws(FileError) { expected = try next() } catch { throw .file(error) }
                guard let row = try table.next() else {
                    if expected != nil { problems.add("it ends behind row \(count)") }
                    break
                }
                count += 1
                guard let expected else {
                    problems.add("it has more than \((count - 1).grouped(of: "row"))")
                    break
                }
                guard let wrong = row.indices.first(where: { row[$0] != expected[$0] }) else { continue }
                problems.add(
                    "row \(count): \(columns[wrong].name) is \(row[wrong].shown), not \(expected[wrong].shown)"
                )
            }
        } catch {
            switch error {
            case .file(let error): throw error
            case .damage(let damage): problems.add(damage)
            }
        }
        return (problems, count)
    }

    /// Compares `sensors.parquet` with the fleet.
    func checkSensors(_ name: String, _ report: inout VerificationReport) throws(FileError) {
        let columns = [TableColumn<Sensor>].sensors(of: plan.recipe)
        var sensors = plan.fleet.sensors.makeIterator()
        let (problems, count) = try compare(name, columns) { () throws(FileError) in
            sensors.next().map { sensor in columns.map { ParquetValue($0.value(sensor)) } }
        }
        report.add(name, right: "it has \(count.grouped(of: "sensor")), as recipe.yaml says", problems: problems)
    }

    /// Compares `phenomena.parquet` with those of the recipe.
    func checkPhenomena(_ name: String, _ report: inout VerificationReport) throws(FileError) {
        let columns = [TableColumn<Phenomenon>].phenomena(timestamps, of: plan.recipe, plan.fleet.sensors)
        let phenomena = plan.phenomena.makeIterator()
        let (problems, count) = try compare(name, columns) { () throws(FileError) in
            phenomena.next().map { phenomenon in columns.map { ParquetValue($0.value(phenomenon)) } }
        }
        report.add(name, right: "it has the \(count.grouped(of: "row")) that recipe.yaml gives", problems: problems)
    }

    /// Compares `events.parquet` with `events.csv`, whose rows others judge.
    func checkEvents(_ name: String, _ report: inout VerificationReport) throws(FileError) {
        let columns = [TableColumn<EventRow>].events(timestamps, of: plan.recipe)
        let window = TextWindow(try files.file("events.csv"))
        let format = RecordFormat.csv(columns.map(\.name))
        var isHeader = true
        let (problems, count) = try compare(name, columns) { () throws(FileError) in
            if isHeader { window.skip(try window.record(format, at: 0, limit: Self.recordLimit)?.count ?? 0) }
            isHeader = false
            guard let record = try window.record(format, at: 0, limit: Self.recordLimit), !record.isEmpty else {
                return nil
            }
            window.skip(record.count)
            var scanner = CSVScanner()
            _ = scanner.scan(record.span, from: 0, isLast: true)
            return values(of: scanner.fields.map { CSVScanner.decoded(record.span, $0) ?? "" }, columns)
        }
        report.add(name, right: "it has the \(count.grouped(of: "event")) of events.csv", problems: problems)
    }

    /// Bytes of a row of events, at most.
    private static let recordLimit = 1 << 18

    /// A row of `events.csv` as the table has it: times follow from the numbers of the readings, as the text may be coarser.
    private func values(of fields: [String], _ columns: [TableColumn<EventRow>]) -> [ParquetValue] {
        func field(_ name: String) -> String? {
            columns.firstIndex { $0.name == name }.flatMap { $0 < fields.count ? fields[$0] : nil }
        }
        return columns.map { column in
            let text = field(column.name) ?? ""
            switch ParquetColumn(column, timestamps).type {
            case .int64 where column.name == "start": return time(of: field("first_reading"), isEnd: false)
            case .int64 where column.name == "end": return time(of: field("last_reading"), isEnd: true)
            case .int64, .int32: return Int64(text).map { .integer($0) } ?? .null
            case .double: return Double(text).map { .double($0) } ?? .null
            case .byteArray: return text.isEmpty ? .null : .text(text)
            }
        }
    }

    private func time(of number: String?, isEnd: Bool) -> ParquetValue {
        guard let number = number.flatMap({ Int64($0) }), (1...max(1, plan.rows.count)).contains(number) else {
            return .null
        }
        let (sensor, tick) = plan.rows.reading(at: number - 1)
        return .integer(plan.grid(ofSensor: sensor).time(ofTick: isEnd ? tick + 1 : tick).microseconds)
    }
}

extension StoredFolder {
    /// A file of a Parquet table.
    fileprivate func file(of name: String) throws(StoredFailure) -> StoredFile {
        do throws(FileError) { return try file(name) } catch { throw .file(error) }
    }
}

extension ParquetValue {
    /// The value for a message.
    fileprivate var shown: String {
        switch self {
        case .null: "NULL"
        case .integer(let number): String(number)
        case .double(let number): number.description
        case .text(let text): Excerpt.text(text)
        }
    }
}
