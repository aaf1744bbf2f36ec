import DatasetGen
import GRDB

/// Makes a sound database of what is readable of a damaged one.
///
/// It is written under a name of its own, readings first, what the run needs to go on last. Only when it is whole and on
/// the disk does it take the place of the damaged one, which is set aside. Whatever ends the process in between, the
/// damaged one is where it was, and the next run begins again.
struct DatabaseRescue {
    /// What has come of it.
    struct Result: Hashable, Sendable {
        /// Readings that are in the new database.
        var saved: Int64 = 0
        /// Readings that lay where the old one cannot be read; ids that were free there count, too.
        var lost: Int64 = 0
    }

    /// What stands in the new database besides readings, where the run knows it better than the damaged one.
    struct Bookkeeping {
        var checkpoint: Checkpoint
        var versions: [AppliedVersion]
        var entries: [(key: String, value: String)]
        var totals: RunTotals
    }

    /// Readings that are copied at a time.
    private static let readingsAtOnce = 8_192
    /// Looks after which damage is believed in what only the damaged one knows of the run.
    private static let bookkeepingLooks = 16
    /// Statements that may fail before the rest is looked for page by page.
    private static let toleratedFailures = 1_000

    let columns: [ReadingColumn]
    let timestamps: TimestampStyle
    let clock: any LiveClock
    let isStopRequested: @Sendable () -> Bool
    /// Is told how many readings are saved so far.
    let onProgress: (Int64) -> Void

    /// Copies what can be read of `damaged` into a new database at `path`.
    ///
    /// - Throws: ``StoreFailure``; what is in the way of the new database, and what reading says while there is no damage.
    func salvage(_ damaged: String, into path: String, _ known: Bookkeeping?) throws(StoreFailure) -> Result {
        do {
            var configuration = Configuration()
            // The damaged one is set aside with its log.
            configuration.prepareDatabase { $0.keepLog(true) }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.writeWithoutTransaction { database in
                // The file counts for nothing before it is whole; then it is brought to the disk at once.
                try database.execute(sql: "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
                try database.execute(sql: "PRAGMA application_id = \(SalvagedFile.mark)")
                try database.execute(sql: LiveSchema.creation(columns, timestamps: timestamps))
                var rest = try copyBySQL(damaged, looks(known == nil ? Self.bookkeepingLooks : 1), database)
                if let next = known?.checkpoint.nextReading {
                    try rest.missing.add(behind: Self.greatestID(database), before: next)
                }
                let regained = try copyByPages(damaged, rest.missing, database)
                let bookkeeping = known.map { StoredBookkeeping($0) } ?? rest.found
                return try finish(database, rest.missing, regained, bookkeeping)
            }
        } catch { throw StoreFailure(error) }
    }

    private func looks(_ count: Int) -> Looks {
        Looks(
            count: count,
            firstPause: 1_000,
            longestPause: 100_000,
            clock: clock,
            isStopRequested: isStopRequested
        )
    }

    /// What SQLite cannot read of the readings, and what it can of the rest.
    private struct Remainder {
        var missing = MissingReadings()
        var found = StoredBookkeeping()
    }

    /// Copies what SQLite can read, and gives the ids that it cannot.
    private func copyBySQL(_ damaged: String, _ looks: Looks, _ database: Database) throws -> Remainder {
        var rest = Remainder()
        guard try attach(damaged, looks, database) else {
            rest.missing.add(1...LiveSchema.greatestReading)
            return rest
        }
        let result = Swift.Result<Void, any Error> { try copyAttached(damaged, looks, database, &rest) }
        try? database.execute(sql: "DETACH DATABASE damaged")
        try? database.execute(sql: "PRAGMA writable_schema = OFF")
        try result.get()
        return rest
    }

    /// Attaches the damaged database; false if SQLite cannot open it.
    private func attach(_ damaged: String, _ looks: Looks, _ database: Database) throws -> Bool {
        if DatabaseFiles.hasOrphans(damaged) { return false }
        // Otherwise SQLite refuses a file that is shorter than its header says.
        try database.execute(sql: "PRAGMA writable_schema = ON")
        var isAttached = false
        _ = try looks.first {
            if isAttached { try database.execute(sql: "DETACH DATABASE damaged") }
            isAttached = try attachOnce(damaged, database)
            return try isAttached && hasAllTables(database) ? true : nil
        }
        return isAttached
    }

    private func attachOnce(_ damaged: String, _ database: Database) throws -> Bool {
        do {
            try database.execute(sql: "ATTACH DATABASE ? AS damaged", arguments: [damaged])
            return true
        } catch {
            guard Self.isDamage(error) else { throw error }
            return false
        }
    }

    /// Whether SQLite knows the tables of the attached database: with a writable schema, it takes one that it could not
    /// read for an empty one.
    private func hasAllTables(_ database: Database) throws -> Bool {
        let query = """
            SELECT count(*) FROM damaged.sqlite_schema WHERE type = 'table'
            AND name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'damaged')
            """
        return try Self.readable { try Int.fetchAll(database, sql: query) }?.first == 0
    }

    private func copyAttached(
        _ damaged: String,
        _ looks: Looks,
        _ database: Database,
        _ rest: inout Remainder
    ) throws {
        rest.found = try StoredBookkeeping.readable(in: database) { read in
            try looks.first { try Self.readable(read) }
        }
        guard let last = try Self.lastReading(database) else { return rest.missing.add(1...LiveSchema.greatestReading) }
        // Of a page that the file ends within, SQLite makes zeros, and rows of them.
        guard !PageSource.isCutWithinAPage(damaged), try Self.isReadable(database, upTo: last) else {
            return rest.missing.add(1...last)
        }
        var failures = 0
        // Each statement is a transaction of its own: one that meets a damaged page in a longer transaction is not undone
        // cleanly, and nothing after it works.
        var first: Int64 = 1
        while first <= last {
            let ids = first...min(last, first + Int64(Self.readingsAtOnce) - 1)
            try copy(ids, database, &rest.missing, &failures)
            first = ids.upperBound + 1
            try report(database)
        }
    }

    /// Copies readings; where some cannot be read, smaller and smaller runs of them are tried.
    private func copy(
        _ ids: ClosedRange<Int64>,
        _ database: Database,
        _ missing: inout MissingReadings,
        _ failures: inout Int
    ) throws {
        do {
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO main.sensor_data
                    SELECT * FROM damaged.sensor_data WHERE id BETWEEN ? AND ?
                    """,
                arguments: [ids.lowerBound, ids.upperBound]
            )
        } catch {
            guard Self.isDamage(error) else { throw error }
            failures += 1
            guard ids.count > 1, failures < Self.toleratedFailures else { return missing.add(ids) }
            let middle = ids.lowerBound + Int64(ids.count) / 2
            try copy(ids.lowerBound...middle - 1, database, &missing, &failures)
            try copy(middle...ids.upperBound, database, &missing, &failures)
        }
    }

    /// Copies missing readings from the pages of the file, the newest of each first, and gives their number.
    private func copyByPages(_ damaged: String, _ missing: MissingReadings, _ database: Database) throws -> Int64 {
        guard !missing.isEmpty else { return 0 }
        let values = Array(repeating: "?", count: columns.count).joined(separator: ",")
        let insertion = try database.makeStatement(sql: "INSERT OR IGNORE INTO main.sensor_data VALUES (\(values))")
        var regained: Int64 = 0
        for source in PageSource.all(of: damaged) {
            var scan = PageScan(columns: columns, timestamps: timestamps, source: source)
            while let rows = try scan.next() {
                try database.inTransaction(.immediate) {
                    for row in rows where missing.contains(row.id) {
                        try insertion.execute(arguments: StatementArguments(row.values))
                        regained += Int64(database.changesCount)
                    }
                    return .commit
                }
                try report(database)
            }
        }
        return regained
    }

    /// Writes what the run needs to go on, and takes away readings that it will write itself.
    private func finish(
        _ database: Database,
        _ missing: MissingReadings,
        _ regained: Int64,
        _ bookkeeping: StoredBookkeeping
    ) throws -> Result {
        var result = Result()
        try database.inTransaction(.immediate) {
            if let next = bookkeeping.nextReading {
                try database.execute(sql: "DELETE FROM sensor_data WHERE id >= ?", arguments: [next])
            }
            result.saved = try Int64.fetchOne(database, sql: "SELECT count(*) FROM sensor_data") ?? 0
            let last = try Int64.fetchOne(database, sql: "SELECT max(id) FROM sensor_data") ?? 0
            result.lost = max(0, missing.count(below: bookkeeping.nextReading ?? last + 1) - regained)
            try bookkeeping.adding(result).write(database)
            try PhenomenonTable.complete(database, timestamps)
            return .commit
        }
        return result
    }

    private func report(_ database: Database) throws {
        if isStopRequested() { throw StoreFailure.interrupted }
        onProgress(try Self.greatestID(database))
    }

    /// The greatest `id` in the new database, 0 without readings.
    private static func greatestID(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(id) FROM main.sensor_data") ?? 0
    }

    private static func isDamage(_ error: any Error) -> Bool { StoreFailure(error).isDamage }

    /// What reading gives; nil where damage or a schema that is gone is in the way.
    ///
    /// - Throws: what the system says.
    static func readable<Value>(_ read: () throws -> Value) throws -> Value? {
        do {
            return try read()
        } catch {
            switch StoreFailure(error) {
            case .damaged, .unusable: return nil
            default: throw error
            }
        }
    }

    /// Whether any reading can be found: with the table's first page gone, none can, and trying each would take hours.
    private static func isReadable(_ database: Database, upTo last: Int64) throws -> Bool {
        let query = "SELECT id FROM damaged.sensor_data WHERE id >= ? ORDER BY id LIMIT 1"
        for id in [1, last / 2, last] {
            let found = try readable { try Int64.fetchAll(database, sql: query, arguments: [id]) }
            if found != nil { return true }
        }
        return false
    }

    /// The greatest `id` that the damaged database may hold; nil if nothing of it can be read.
    private static func lastReading(_ database: Database) throws -> Int64? {
        let queries = [
            "SELECT max(id) FROM damaged.sensor_data",
            "SELECT next_reading - 1 FROM damaged.live",
            "SELECT seq FROM damaged.sqlite_sequence WHERE name = 'sensor_data'",
        ]
        var last: Int64 = 0
        for query in queries {
            let answers = try readable { try Int64?.fetchAll(database, sql: "\(query) LIMIT 1") }
            for case let answer? in answers ?? [] { last = max(last, answer) }
        }
        return (1...LiveSchema.greatestReading) ~= last ? last : nil
    }
}
