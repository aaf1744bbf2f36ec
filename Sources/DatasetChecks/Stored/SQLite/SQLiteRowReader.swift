import DatasetFiles
import DatasetFormats
import DatasetGen

/// Reads the table `sensor_data` of `readings.sqlite`, by `id`.
final class SQLiteRowReader: StoredRowReader {
    private let database: SQLiteDatabase
    private var statement: SQLiteStatement?
    private var line: Int64 = 0
    private var sensors: SensorLookup
    private var times: TimestampReader
    private let scales: [[Double]]
    private let metricCount: Int
    private let states: StateTexts
    private let holdsTwin: Bool
    /// Of `status_code` and `anomaly_flag`, by their place among the labels: those that there are.
    private let flags: [Int]
    private(set) var problem: String?

    /// Opens the database; what is wrong with it becomes the ``problem``, and so does a log or a journal beside it.
    ///
    /// - Throws: ``FileError`` when the file cannot be opened.
    init(_ file: StoredFile, beside others: [String], _ rows: RowOrigin) throws(FileError) {
        let sensors = rows.sensors
        holdsTwin = rows.holdsTwin
        flags = [0, 1].filter { rows.columns.contains(Column.labels[$0]) }
        problem = others.first.map { "SQLite's readers take what is in \($0) for part of it" }
        database = try SQLiteDatabase(reading: file)
        self.sensors = SensorLookup(sensors) { $0.id }
        times = TimestampReader(rows.timestamps)
        scales = sensors.map { $0.resolutions.map(\.countsPerUnit) }
        metricCount = rows.schema.metrics.count
        states = StateTexts(rows.schema) { $0 }
        let columns: [Column] =
            Column.leading + rows.schema.metrics.map { .metric($0) } + Column.labels
            + (holdsTwin ? rows.schema.metrics.map { .clean($0) } : [])
        do throws(FileError) {
            // SQLite takes a quoted name that is no column for a text; a qualified one it does not.
            let qualified = columns.map { rows.columns.contains($0) ? "d.\"\($0.name)\"" : "NULL" }
                .joined(separator: ",")
            statement = try database.prepare("SELECT \(qualified) FROM sensor_data AS d ORDER BY d.id")
        } catch {
            if error.isOutOfMemory { throw error }
            problem = error.reason
        }
    }

    func read(into rows: inout [StoredRow]) throws(FileError) {
        rows.removeAll(keepingCapacity: true)
        guard let statement else { return }
        do throws(FileError) {
            while rows.count < StoredRow.perBatch {
                guard try statement.step() else {
                    self.statement = nil
                    return
                }
                rows.append(row(statement))
            }
        } catch {
            if error.isOutOfMemory { throw error }
            // A page that is damaged is a finding about the dataset.
            problem = error.reason
            self.statement = nil
        }
    }

    private func row(_ statement: SQLiteStatement) -> StoredRow {
        line += 1
        var row = StoredRow(line: line, metricCount: metricCount)
        row.isReadable = read(statement, into: &row)
        return row
    }

    private func read(_ statement: SQLiteStatement, into row: inout StoredRow) -> Bool {
        row.number = statement.integer(0)
        if times.isText {
            guard statement.type(1) == .text,
                let time = statement.withText(1, { times.time($0, 0..<$0.count) })
            else { return false }
            row.time = time
        } else {
            guard statement.type(1) == .integer else { return false }
            row.time = statement.integer(1)
        }
        guard statement.type(2) == .text else { return false }
        row.sensor = statement.withText(2) { text in
            sensors.index(of: text, at: 0..<text.count) { $0.string($1) }
        }
        guard row.sensor >= 0 else { return false }
        guard readValues(statement, from: Column.leading.count, into: \.metrics, of: &row),
            !holdsTwin || readValues(statement, from: labelColumn + Column.labels.count, into: \.clean, of: &row)
        else { return false }
        return readLabel(statement, into: &row)
    }

    @inline(__always)
    private func readValues(
        _ statement: SQLiteStatement,
        from first: Int,
        into property: WritableKeyPath<StoredRow, MetricCounts>,
        of row: inout StoredRow
    ) -> Bool {
        let scales = scales[Int(row.sensor)]
        for metric in 0..<metricCount {
            let column = Int32(first + metric)
            switch statement.type(column) {
            case .null: continue
            case .text where states.isState(metric):
                guard
                    let count = statement.withText(column, { states.count(metric, of: $0, at: 0..<$0.count) })
                else { return false }
                row[keyPath: property][metric] = count
            case .integer, .real:
                guard !states.isState(metric) else { return false }
                let value = statement.double(column)
                let count = (value * scales[metric]).rounded()
                guard count.magnitude < 2_147_483_648 else { return false }
                row[keyPath: property][metric] = Int32(count)
                // The writer's own quotient: any other double is not this count.
                if count / scales[metric] != value { row.isInexact = true }
            case .text, .blob: return false
            }
        }
        return true
    }

    /// The number of the first column behind the metrics.
    private var labelColumn: Int { Column.leading.count + metricCount }

    private func readLabel(_ statement: SQLiteStatement, into row: inout StoredRow) -> Bool {
        let type = Int32(labelColumn + 2)
        switch statement.type(type) {
        case .null: break
        case .text:
            guard let label = statement.withText(type, { StoredText.label($0, 0..<$0.count) }) else { return false }
            row.label = label
        default: return false
        }
        let expected: Int64 = row.label == 0 ? 0 : 1
        for column in flags.map({ Int32(labelColumn + $0) })
        where statement.type(column) != .integer || statement.integer(column) != expected {
            row.isConsistent = false
        }
        return true
    }
}
