import DatasetFormats
package import DatasetGen

/// Writes a dataset into a new SQLite file: `sensor_data`, `events`, `sensors` and `dataset`; and `phenomena` where there
/// are some.
///
/// SQLite makes the file, the schema, the small tables and the indexes. The pages of the two tables that grow with the
/// dataset are built by workers and by this type, and appended: inserting would take twenty times as long, on one thread.
///
/// The file is invisible until the dataset is published, so it needs no journal.
package final class SQLiteDatasetFile {
    private let path: String
    private let indexes: [Column]
    private let file: PageFile
    private var roots: SchemaRoots
    /// The roots that go to the back of a large file; nil if they stay where SQLite has made them.
    private let lateRoots: LateRoots?
    private let readings: TableBuilder
    private let events: TableBuilder
    private var eventRun: LeafPageRun

    /// What such a file is made of.
    struct Content {
        let sensors: [Sensor]
        let phenomena: PhenomenonList
        let recipe: Recipe
        let columns: [Column]
        let timestamps: TimestampStyle
        let layout: SQLitePageLayout
        /// Columns of the readings that get an index.
        let indexes: [Column]
        /// How large the file will be at least; where it turns out to be smaller, completing it takes longer.
        let expectedBytes: Int64
    }

    /// Makes the file, with all that is known without readings.
    ///
    /// - Throws: ``FileError`` when the file cannot be made.
    convenience init(creating path: String, _ content: Content, in fileSystem: FileSystem) throws(FileError) {
        let start = try Start(creating: path, content, in: fileSystem)
        try self.init(path, content, start, in: fileSystem)
    }

    /// Goes on with the file of an interrupted run.
    ///
    /// Its first pages, which that run may have been about to complete, are made anew.
    ///
    /// - Throws: ``FileError`` when the file cannot be read or has changed.
    convenience init(
        resuming path: String,
        _ content: Content,
        from state: inout StateReader,
        in fileSystem: FileSystem
    ) throws(FileError) {
        let newPath = path + ".start"
        let start = try Start(creating: newPath, content, in: fileSystem)
        let pages = try FileReader.contents(of: newPath)
        let old = try fileSystem.open(path, .existing)
        try old.write(pages, at: 0)
        try old.close()
        try fileSystem.remove(file: newPath)
        try self.init(path, content, start, in: fileSystem)
        do throws(StateError) {
            try readings.resume(from: &state)
            try events.resume(from: &state)
            eventRun = try LeafPageRun(content.layout, from: &state)
        } catch { throw FileError(changed: path) }
        try file.resume(from: &state)
    }

    /// The file as SQLite makes it, before anything is appended.
    private struct Start {
        let roots: SchemaRoots
        let lateRoots: LateRoots?
        let pageCount: UInt32

        init(creating path: String, _ content: Content, in fileSystem: FileSystem) throws(FileError) {
            let layout = content.layout
            // SQLite would open what is there already, and says less about why a file cannot be made.
            try fileSystem.open(path, .creating).close()
            try SQLiteDatasetFile.make(path, content)
            var roots = try SchemaRoots(inFile: path)
            // An index that SQLite adds at the end changes the schema, on page 1: nothing is final before.
            lateRoots =
                content.indexes.isEmpty
                ? try LateRoots(
                    moving: &roots,
                    butOf: ["sensors", "phenomena"],
                    inFile: path,
                    layout,
                    expectedBytes: content.expectedBytes,
                    in: fileSystem
                )
                : nil
            self.roots = roots
            pageCount = UInt32(try FileSystem.size(ofFile: path) / Int64(layout.pageSize))
        }
    }

    private init(
        _ path: String,
        _ content: Content,
        _ start: Start,
        in fileSystem: FileSystem
    ) throws(FileError) {
        self.path = path
        indexes = content.indexes
        (roots, lateRoots) = (start.roots, start.lateRoots)
        file = try PageFile(
            path: path,
            layout: content.layout,
            reserved: lateRoots?.pages,
            made: start.pageCount,
            in: fileSystem
        )
        readings = TableBuilder(root: roots["sensor_data"], in: file)
        events = TableBuilder(root: roots["events"], in: file)
        eventRun = LeafPageRun(content.layout)
    }

    /// Bytes of the file so far.
    var size: Int64 { file.size }

    /// Makes the pages written so far safe.
    var flusher: FileFlusher { file.flusher }

    /// Appends how far the file has come.
    func store(in state: inout StateWriter) {
        readings.store(in: &state)
        events.store(in: &state)
        eventRun.store(in: &state)
        file.store(in: &state)
    }

    /// Appends the pages of the next block; the run is replaced by another one with arbitrary content.
    func append(_ block: inout LeafPageRun) throws(FileError) {
        try readings.append(&block)
    }

    /// Appends an event, whose number is greater than those before.
    func append(event number: Int64, record: Span<UInt8>) throws(FileError) {
        eventRun.append(rowID: number, payload: record)
        if eventRun.pageCount > Self.eventPages { try flushEvents() }
    }

    /// Completes the file, and waits until it is on the disk; `entries` are the keys and values of the table `dataset`.
    ///
    /// - Returns: the digest of the file.
    func finish(entries: [(key: String, value: String)]) throws(FileError) -> SHA256Text {
        try flushEvents()
        if let lateRoots {
            if file.nextPage < lateRoots.pages.lowerBound {
                try lateRoots.append(to: file, at: path, &roots)
                readings.root = roots["sensor_data"]
                events.root = roots["events"]
            } else {
                try lateRoots.write(to: file)
            }
        }
        try readings.finish()
        try events.finish()
        try complete(entries)
        return try file.finish()
    }

    private static func make(_ path: String, _ content: Content) throws(FileError) {
        let database = try SQLiteDatabase(building: path)
        try database.execute("PRAGMA page_size = \(content.layout.pageSize); BEGIN")
        // What is known without readings comes first: its pages are final from now on.
        let sensors = [TableColumn<Sensor>].sensors(of: content.recipe)
        try database.execute(sensors.createStatement(of: "sensors"))
        let insert = try database.prepare(sensors.insertStatement(into: "sensors"))
        for sensor in content.sensors { try insert.insert(sensor, sensors) }
        if !content.recipe.phenomena.isEmpty {
            let columns = [TableColumn<Phenomenon>].phenomena(content.timestamps, of: content.recipe, content.sensors)
            try database.execute(columns.createStatement(of: "phenomena"))
            let insert = try database.prepare(columns.insertStatement(into: "phenomena"))
            for phenomenon in content.phenomena { try insert.insert(phenomenon, columns) }
        }
        try database.execute("\(schema(content.columns, content.timestamps, of: content.recipe)); COMMIT")
    }

    private func complete(_ entries: [(key: String, value: String)]) throws(FileError) {
        let database = try SQLiteDatabase(building: path)
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
        for column in indexes { try database.execute(Self.indexStatement(column)) }
        try database.execute("COMMIT")
    }

    private func flushEvents() throws(FileError) {
        eventRun.finish()
        try events.append(&eventRun)
        eventRun.removeAll()
    }

    /// Pages of events that are gathered before they are written.
    private static let eventPages = 16

    /// Makes the tables and indexes of such a file in a database that has none, without rows.
    ///
    /// - Throws: ``FileError`` when there is no memory for it.
    package static func makeSchema(
        in database: SQLiteDatabase,
        of recipe: Recipe,
        _ columns: [Column],
        timestamps: TimestampStyle,
        indexes: [Column],
        pageSize: Int
    ) throws(FileError) {
        let sensors = [TableColumn<Sensor>].sensors(of: recipe)
        let phenomena =
            recipe.phenomena.isEmpty
            ? "" : [TableColumn<Phenomenon>].phenomena(timestamps, of: recipe).createStatement(of: "phenomena")
        let tables = "\(sensors.createStatement(of: "sensors")) \(phenomena) \(schema(columns, timestamps, of: recipe))"
        try database.execute("PRAGMA page_size = \(pageSize); BEGIN; \(tables) COMMIT")
        for column in indexes { try database.execute(indexStatement(column)) }
    }

    private static func indexStatement(_ column: Column) -> String {
        "CREATE INDEX sensor_data_\(column.name) ON sensor_data (\(SQLiteName.term(column.name)))"
    }

    /// The tables but `sensors` and `phenomena`; `sensor_data` is column for column the one that existing tools know.
    private static func schema(
        _ columns: [Column],
        _ timestamps: TimestampStyle,
        of recipe: Recipe
    ) -> String {
        let columns = columns.map { "    " + $0.declaration(timestamps) }.joined(separator: ",\n")
        return """
            CREATE TABLE sensor_data (
            \(columns)
            );
            \([TableColumn<EventRow>].events(timestamps, of: recipe).createStatement(of: "events"))
            CREATE TABLE dataset (
                key TEXT PRIMARY KEY,
                value TEXT
            );
            """
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
            case .time(let time, let style): bind(index, style.text(of: time))
            case .text(let text): bind(index, text)
            }
        }
        try run()
    }
}
