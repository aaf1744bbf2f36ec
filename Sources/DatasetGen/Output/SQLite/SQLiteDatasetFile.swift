/// Writes a dataset into a new SQLite file: `sensor_data`, `events`, `sensors` and `dataset`.
///
/// SQLite makes the file, the schema, the small tables and the indexes. The pages of the two tables that grow with the
/// dataset are built by workers and by this type, and appended: inserting would take twenty times as long, on one thread.
///
/// The file is invisible until the dataset is published, so it needs no journal; whoever publishes waits for the disk.
final class SQLiteDatasetFile {
    private let path: String
    private let indexes: [Column]
    private let file: PageFile
    private let readings: TableBuilder
    private let events: TableBuilder
    private var eventRun: LeafPageRun

    /// Makes the file, with all sensors.
    ///
    /// - Throws: ``FileError`` when the file cannot be made.
    init(
        creating path: String,
        sensors: [Sensor],
        columns: [Column],
        layout: SQLitePageLayout,
        indexes: [Column]
    ) throws(FileError) {
        self.path = path
        self.indexes = indexes
        let database = try Self.open(path)
        try database.execute("PRAGMA page_size = \(layout.pageSize)")
        try database.execute("BEGIN; \(Self.schema(columns))")
        let insert = try database.prepare([TableColumn<Sensor>].sensors.insertStatement(into: "sensors"))
        for sensor in sensors { try insert.insert(sensor, .sensors) }
        try database.execute("COMMIT")
        let roots = try ["sensor_data", "events"]
            .map { table throws(FileError) in
                try Self.root(of: table, in: database)
            }
        file = try PageFile(path: path, layout: layout)
        readings = TableBuilder(root: roots[0], in: file)
        events = TableBuilder(root: roots[1], in: file)
        eventRun = LeafPageRun(layout)
    }

    /// Bytes of the file so far.
    var size: Int64 { file.size }

    /// Appends the pages of the next block; the run is replaced by another one with arbitrary content.
    func append(_ block: inout LeafPageRun) throws(FileError) {
        try readings.append(&block)
    }

    /// Appends an event, whose number is greater than those before.
    func append(event number: Int64, record: Span<UInt8>) throws(FileError) {
        eventRun.append(rowID: number, payload: record)
        if eventRun.pageCount > Self.eventPages { try flushEvents() }
    }

    /// Completes the file; `entries` are the keys and values of the table `dataset`.
    func finish(entries: [(key: String, value: String)]) throws(FileError) {
        try flushEvents()
        try readings.finish()
        try events.finish()
        try file.finish()
        let database = try Self.open(path)
        try database.execute("BEGIN")
        if let last = readings.lastRowID {
            try database.execute("INSERT INTO sqlite_sequence VALUES ('sensor_data', \(last))")
        }
        let insert = try database.prepare("INSERT INTO dataset VALUES (?,?)")
        for entry in entries {
            insert.bind(1, entry.key)
            insert.bind(2, entry.value)
            try insert.run()
        }
        for column in indexes {
            try database.execute("CREATE INDEX sensor_data_\(column.name) ON sensor_data (\(column.name))")
        }
        try database.execute("COMMIT")
    }

    private func flushEvents() throws(FileError) {
        eventRun.finish()
        try events.append(&eventRun)
        eventRun.removeAll()
    }

    /// Pages of events that are gathered before they are written.
    private static let eventPages = 16

    private static func open(_ path: String) throws(FileError) -> SQLiteDatabase {
        let database = try SQLiteDatabase(path: path, creating: true)
        try database.execute(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -16384;
            """
        )
        return database
    }

    private static func root(of table: String, in database: SQLiteDatabase) throws(FileError) -> UInt32 {
        let statement = try database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = '\(table)'")
        guard try statement.step() else { preconditionFailure("the schema has no table \(table)") }
        return UInt32(statement.integer(0))
    }

    /// The tables; `sensor_data` is column for column the one that existing tools know.
    private static func schema(_ columns: [Column]) -> String {
        let columns = columns.map { "    \($0.name) \($0.sqlType)" }.joined(separator: ",\n")
        return """
            CREATE TABLE sensor_data (
            \(columns)
            );
            \([TableColumn<EventRow>].events.createStatement(of: "events"))
            \([TableColumn<Sensor>].sensors.createStatement(of: "sensors"))
            CREATE TABLE dataset (
                key TEXT PRIMARY KEY,
                value TEXT
            );
            """
    }
}

extension TableValue: SQLiteStorable {
    var serialType: UInt64 {
        switch self {
        case .null: SQLiteRecord.null
        case .integer(let number): SQLiteRecord.integer(number)
        case .decimal: SQLiteRecord.real
        case .time: SQLiteRecord.text(count: SimulatedTime.textLength)
        case .text(let text): SQLiteRecord.text(count: text.utf8.count)
        }
    }

    func write(to writer: inout ByteWriter) {
        switch self {
        case .null: break
        case .integer(let number):
            writer.append(bigEndian: number, count: SQLiteRecord.contentLength(ofType: serialType))
        case .decimal(let number): writer.append(bigEndian: number.double)
        case .time(let time):
            var timestamp = TimestampWriter(.naive)
            timestamp.append(time.microseconds, to: &writer)
        case .text(let text): writer.append(utf8: text)
        }
    }
}

extension Array {
    /// The statement that makes a table of these columns.
    fileprivate func createStatement<Item>(of table: String) -> String where Element == TableColumn<Item> {
        let columns = map { "    \($0.name == "end" ? "\"end\"" : $0.name) \($0.sqlType)" }.joined(separator: ",\n")
        return "CREATE TABLE \(table) (\n\(columns)\n);"
    }

    /// The statement that inserts a row of these columns.
    fileprivate func insertStatement<Item>(into table: String) -> String where Element == TableColumn<Item> {
        "INSERT INTO \(table) VALUES (\(map { _ in "?" }.joined(separator: ",")))"
    }
}

extension SQLiteStatement {
    /// Inserts an item as a row of these columns.
    fileprivate func insert<Item>(_ item: Item, _ columns: [TableColumn<Item>]) throws(FileError) {
        for (offset, column) in columns.enumerated() {
            let index = Int32(offset + 1)
            switch column.value(item) {
            case .null: bindNull(index)
            case .integer(let value): bind(index, value)
            case .decimal(let value): bind(index, value.double)
            case .time(let time): bind(index, time.text)
            case .text(let text): bind(index, text)
            }
        }
        try run()
    }
}
