/// The table `events` of the SQLite file against `events.csv`, row by row and column by column.
struct EventTableComparison {
    private let folder: String
    private let fileName: String
    /// How the table and `events.csv` write times.
    private let styles: (table: TimestampStyle, text: TimestampStyle)

    init(folder: String, fileName: String, recipe: Recipe) {
        self.folder = folder
        self.fileName = fileName
        styles = (recipe.timestamps(of: .sqlite) ?? .naive, recipe.eventTimestamps)
    }

    /// What is wrong with the table; nothing can be said if `events.csv` is not one.
    ///
    /// - Throws: ``FileError`` when a file cannot be read.
    func problems() throws(FileError) -> Problems {
        var problems = Problems()
        let columns = [TableColumn<EventRow>].events(styles.table)
        let window = try TextWindow(path: folder + "/events.csv")
        let format = RecordFormat.csv(columns.map(\.name))
        guard try Self.next(window, format) == columns.csvHeader() else { return problems }
        let statement = try SQLiteDatabase(path: folder + "/" + fileName, creating: false)
            .prepare("SELECT * FROM events ORDER BY event_id")
        var row: Int64 = 0
        while let record = try Self.next(window, format), problems.count < 100 {
            row += 1
            guard try statement.step() else {
                problems.add("events ends before row \(row), as in events.csv")
                return problems
            }
            var scanner = CSVScanner()
            _ = scanner.scan(record.span, from: 0, isLast: true)
            for (index, column) in columns.enumerated() {
                let field = index < scanner.fields.count ? CSVScanner.decoded(record.span, scanner.fields[index]) : nil
                let expected = field.flatMap { ["start", "end"].contains(column.name) ? stored($0) : $0 }
                if let expected, statement.holds(Int32(index), expected, isText: column.isText) { continue }
                problems.add(
                    "row \(row) of events: \(column.name) is \(Excerpt.value(statement.text(Int32(index)))), in "
                        + "events.csv \(Excerpt.value(field))"
                )
                break
            }
        }
        if try statement.step() { problems.add("events has more rows than the \(row) of events.csv") }
        return problems
    }

    /// A time of `events.csv` as the table has it; nil if it is none.
    private func stored(_ field: String) -> String? {
        if styles.table == styles.text { return field }
        return styles.text.time(of: field).map { styles.table.text(of: $0) }
    }

    private static func next(_ window: TextWindow, _ format: RecordFormat) throws(FileError) -> [UInt8]? {
        guard let record = try window.record(format, at: 0, limit: 1 << 18), !record.isEmpty else { return nil }
        window.skip(record.count)
        return record
    }
}

extension TableColumn {
    /// Whether its values are texts.
    fileprivate var isText: Bool { sqlType.hasPrefix("TEXT") || sqlType.hasPrefix("DATETIME") }
}

extension SQLiteStatement {
    /// Whether a column of the current row is what a field of a CSV file says; an empty field is NULL.
    fileprivate func holds(_ column: Int32, _ field: String, isText: Bool) -> Bool {
        if field.isEmpty { return type(column) == .null || (type(column) == .text && text(column) == "") }
        switch type(column) {
        case .null, .blob: return false
        case .integer: return !isText && Int64(field) == integer(column)
        case .real: return !isText && Double(field) == double(column)
        case .text: return isText && text(column) == field
        }
    }
}
