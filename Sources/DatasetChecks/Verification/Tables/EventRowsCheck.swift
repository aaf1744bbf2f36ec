import DatasetFiles
import DatasetFormats
import DatasetGen

/// The rows of `events.csv`: each must be written as the writer would, and stand in the table `events`.
struct EventRowsCheck {
    /// What is wrong with the file.
    private(set) var textProblems = Problems()
    /// What is wrong with the table.
    private(set) var tableProblems = Problems()
    private let plan: GenerationPlan
    private let database: StoredDatabase?
    /// How `events.csv` and the table write times.
    private let styles: (text: TimestampStyle, table: TimestampStyle)
    /// The columns of `events.csv`.
    private let columns: [TableColumn<EventRow>]
    /// How the columns of the table are stored.
    private let tableForms: [ColumnForm]
    private let format: RecordFormat

    /// A check against the table of a database too, if there is one whose tables can be read.
    init(_ plan: GenerationPlan, database: StoredDatabase?) {
        self.plan = plan
        self.database = database
        styles = (plan.recipe.eventTimestamps, database?.timestamps ?? .naive)
        columns = [TableColumn<EventRow>].events(styles.text, of: plan.recipe)
        tableForms = [TableColumn<EventRow>].events(styles.table, of: plan.recipe).map(\.form)
        format = .csv(columns.map(\.name))
    }

    /// Disagreements after which the rest is not looked at.
    private static let limit = 100

    /// Reads `events.csv`; nothing can be said of the table if it is none of events.
    ///
    /// - Throws: ``FileError`` when a file cannot be read.
    mutating func check(_ file: StoredFile) throws(FileError) {
        let window = TextWindow(file)
        let header = try next(window) ?? []
        guard header == columns.csvHeader() else {
            let difference = format.difference(header, from: columns.csvHeader())
            return textProblems.add("its header is wrong: \(difference)")
        }
        var tables = try database?.eventRows()[...]
        var row: Int64 = 0
        while textProblems.count < Self.limit, tableProblems.count < Self.limit {
            row += 1
            guard let record = try next(window) else { return textProblems.add("row \(row) of events.csv has no end") }
            if record.isEmpty {
                row -= 1
                break
            }
            let fields = fields(of: record)
            if let problem = problem(of: fields, record) { textProblems.add("row \(row) of events.csv: \(problem)") }
            if tables == nil { continue }
            if let statement = try tables?.step() {
                compare(fields, with: statement, row)
            } else {
                tableProblems.add("events ends before row \(row), as in events.csv")
                tables = nil
            }
        }
        if tableProblems.count < Self.limit, textProblems.count < Self.limit, try tables?.step() != nil {
            tableProblems.add("events has more rows than the \(row) of events.csv")
        }
    }

    /// The next row, empty at the end; nil if it is longer than any row of events.
    private func next(_ window: TextWindow) throws(FileError) -> [UInt8]? {
        guard let record = try window.record(format, at: 0, limit: 1 << 18) else { return nil }
        window.skip(record.count)
        return record
    }

    /// A field as it stands in the file, and what it means; nil if its quotes are wrong.
    fileprivate typealias Field = (bytes: ArraySlice<UInt8>, text: String?)

    private func fields(of record: [UInt8]) -> [Field] {
        var scanner = CSVScanner()
        _ = scanner.scan(record.span, from: 0, isLast: true)
        return scanner.fields.map { (record[$0], CSVScanner.decoded(record.span, $0)) }
    }

    // MARK: - The file

    /// What is wrong with the form of a row; nil if the writer could have written it.
    private func problem(of fields: [Field], _ record: [UInt8]) -> String? {
        guard fields.count == columns.count else {
            return "it has \(fields.count.grouped(of: "field")), not \(columns.count)"
        }
        guard record.last == UInt8(ascii: "\n") else { return "it does not end with a line feed" }
        guard record.dropLast().last != UInt8(ascii: "\r") else { return "it ends with CR LF, not with LF" }
        for (column, field) in zip(columns, fields) where !Self.isWritten(field, column) {
            let shown = Excerpt.text(String(decoding: field.bytes, as: UTF8.self))
            return "\(column.name) is written as \(shown), which the writer never does"
        }
        let values = Dictionary(zip(columns.map(\.name), fields.map { $0.text ?? "" })) { first, _ in first }
        let isMissing = values["anomaly_type"] == AnomalyType.missingData.name
        for name in ["magnitude", "peak_snr", "difficulty"] where (values[name] == "") != isMissing {
            return isMissing ? "missing data have no \(name)" : "it has no \(name)"
        }
        for name in ["realised_magnitude", "realised_peak_snr"] where isMissing && !(values[name] ?? "").isEmpty {
            return "missing data have no \(name)"
        }
        for name in ["cause", "scope"] where values[name] != nil && (values[name] == "") != (values["cause_id"] == "") {
            return "it has a cause_id, a cause and a scope, or none of them"
        }
        if (values["mode"] == "") == isMissing { return isMissing ? "it has no mode" : "only missing data have a mode" }
        return nil
    }

    /// Whether a field is in the one form that its value has; whether it fits the readings, others say.
    private static func isWritten(_ field: Field, _ column: TableColumn<EventRow>) -> Bool {
        guard let text = field.text else { return false }
        if field.bytes.isEmpty { return true }
        switch column.name {
        case "difficulty": return Difficulty(rawValue: text) != nil && field.bytes.elementsEqual(text.utf8)
        case "direction": return AnomalyEvent.Direction(rawValue: text) != nil && field.bytes.elementsEqual(text.utf8)
        default: break
        }
        switch column.form {
        case .text: return field.bytes.elementsEqual(CSVText.field(text).utf8)
        case .whole: return Int64(text).map { field.bytes.elementsEqual(String($0).utf8) } ?? false
        case .decimal: return isDecimal(field.bytes)
        case .time: return field.bytes.elementsEqual(text.utf8)
        }
    }

    /// Whether a number has no sign, zero or point that could be left out.
    private static func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let parts = bytes.dropFirst(isNegative ? 1 : 0)
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard isDigits, (1...2).contains(parts.count), bytes.count <= 20 else { return false }
        if parts[0].count > 1, parts[0].first == UInt8(ascii: "0") { return false }
        if parts.count == 2, parts[1].last == UInt8(ascii: "0") { return false }
        return !(isNegative && parts.count == 1 && parts[0].elementsEqual([UInt8(ascii: "0")]))
    }

    // MARK: - The table

    /// Compares a row with that of the table at hand.
    private mutating func compare(_ fields: [Field], with statement: SQLiteStatement, _ row: Int64) {
        for (index, column) in columns.enumerated() {
            let field = index < fields.count ? fields[index].text : nil
            if let stored = stored(field, column, fields), statement.holds(Int32(index), stored, tableForms[index]) {
                continue
            }
            tableProblems.add(
                "row \(row) of events: \(column.name) is \(Excerpt.value(statement.shown(Int32(index)))), in "
                    + "events.csv \(Excerpt.value(field))"
            )
            break
        }
    }
}

extension ArraySlice<SQLiteStatement> {
    /// Steps to the next row of all of them, one behind the other.
    ///
    /// - Returns: what has it; nil at the end.
    fileprivate mutating func step() throws(FileError) -> SQLiteStatement? {
        while let statement = first {
            if try statement.step() { return statement }
            removeFirst()
        }
        return nil
    }
}

extension EventRowsCheck {
    /// A field as the table has it; nil if it has no such value.
    ///
    /// A time of another style follows from the reading's number: the text may be in coarser units than the table.
    fileprivate func stored(_ field: String?, _ column: TableColumn<EventRow>, _ fields: [Field]) -> String? {
        let readings = ["start": "first_reading", "end": "last_reading"]
        guard styles.text != styles.table, let reading = readings[column.name] else { return field }
        guard let index = columns.firstIndex(where: { $0.name == reading }), index < fields.count,
            let number = fields[index].text.flatMap({ Int64($0) }), number >= 1, number <= plan.rows.count
        else { return nil }
        let (sensor, tick) = plan.rows.reading(at: number - 1)
        let time = plan.grid(ofSensor: sensor).time(ofTick: tick + (column.name == "end" ? 1 : 0))
        return styles.table.text(of: time)
    }
}

/// How a column of the event table is written in text.
private enum ColumnForm {
    case text
    case whole
    case decimal
    case time
}

extension TableColumn {
    /// How its values are written in text.
    fileprivate var form: ColumnForm {
        switch sqlType.split(separator: " ").first {
        case "INTEGER", "BOOLEAN": .whole
        case "REAL": .decimal
        case "DATETIME": .time
        default: .text
        }
    }
}

extension SQLiteStatement {
    /// Whether a column of the current row is what a field of a CSV file says; an empty field is NULL.
    fileprivate func holds(_ column: Int32, _ field: String, _ form: ColumnForm) -> Bool {
        if field.isEmpty { return type(column) == .null }
        switch form {
        case .text, .time: return holds(column, field)
        case .whole: return Int64(field).map { holds(column, $0) } ?? false
        case .decimal: return Double(field).map { holds(column, $0) } ?? false
        }
    }
}
