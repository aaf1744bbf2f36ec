import DatasetGen
import GRDB
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The live database: readings and the checkpoint behind them, written in one transaction, in WAL mode.
///
/// Other programs read and write it at the same time. It is used by one thread.
final class LiveStore {
    /// How a database is opened.
    struct Settings: Sendable {
        var path: String
        /// How long to wait for a lock, in microseconds.
        var busyTimeout: Int64
        /// SQLite's own measure: pages, or KiB if negative.
        var cacheSize: Int
        var timestamps: TimestampStyle
        var columns: [ReadingColumn]
        /// Whether somebody waits for the run to end: then no lock is waited for any longer.
        var isStopRequested: @Sendable () -> Bool
    }

    let settings: Settings
    private let queue: DatabaseQueue
    private var inserter: ReadingInserter?
    private let identity: FileIdentity?

    /// Opens a database, and makes it and its tables if they are not there.
    ///
    /// - Throws: ``StoreFailure``.
    init(_ settings: Settings) throws(StoreFailure) {
        self.settings = settings
        do {
            queue = try DatabaseQueue(path: settings.path, configuration: Self.configuration(settings))
            identity = FileIdentity(ofPath: settings.path)
            try queue.inDatabase { database in
                try database.execute(sql: LiveSchema.creation(settings.columns, timestamps: settings.timestamps))
                let names = try database.columns(in: "sensor_data").map(\.name)
                guard names == settings.columns.map(\.name) else {
                    let found = names.joined(separator: ", ")
                    throw StoreFailure.unusable("its table sensor_data has other columns: \(found)")
                }
            }
        } catch { throw StoreFailure(error) }
    }

    /// Sets up whose readings ``write(_:upTo:shift:checkpoint:)`` adds; before the first ones, and whenever they change.
    func prepare(for texts: SensorTexts) throws(StoreFailure) {
        do {
            inserter = nil
            inserter = try queue.inDatabase { database in
                try ReadingInserter(
                    database,
                    texts: texts,
                    columns: settings.columns,
                    timestamps: settings.timestamps
                )
            }
        } catch { throw StoreFailure(error) }
    }

    /// Adds the readings up to a position, and the checkpoint that stands behind them: all of it or nothing.
    ///
    /// - Parameters:
    ///   - cursor: stands in front of the readings, and is not moved.
    ///   - limit: the position behind the last of them.
    ///   - shift: what the readings' numbers in the plan lack to their `id`.
    ///   - checkpoint: what stands in the database afterwards.
    ///   - onRows: is called for each run of rows that has been added, before they are committed.
    /// - Throws: what SQLite says; nothing has changed then.
    func write(
        _ cursor: inout LiveCursor,
        upTo limit: Int64,
        shift: Int64,
        checkpoint: Checkpoint,
        onRows: (ReadingBlock, Range<Int>) throws -> Void
    ) throws {
        guard let inserter else { preconditionFailure("prepare(for:) comes first") }
        try queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try cursor.read(upTo: limit) { block, rows in
                    try inserter.insert(block, rows, shift: shift)
                    try onRows(block, rows)
                }
                try Self.store(checkpoint, in: database)
                return .commit
            }
        }
    }

    /// Stores a checkpoint and the versions up to it.
    func store(
        _ checkpoint: Checkpoint,
        versions: [AppliedVersion],
        entries: [(key: String, value: String)]
    ) throws(StoreFailure) {
        do {
            try queue.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    for version in versions {
                        try database.execute(sql: AppliedVersion.statement, arguments: version.arguments)
                    }
                    for entry in entries {
                        try database.execute(
                            sql: "INSERT OR REPLACE INTO dataset VALUES (?, ?)",
                            arguments: [entry.key, entry.value]
                        )
                    }
                    try Self.store(checkpoint, in: database)
                    return .commit
                }
            }
        } catch { throw StoreFailure(error) }
    }

    /// The greatest `id`, 0 without readings; ids of deleted readings count.
    func lastReading() throws(StoreFailure) -> Int64 {
        do {
            return try queue.inDatabase { database in
                try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'sensor_data'") ?? 0
            }
        } catch { throw StoreFailure(error) }
    }

    /// The checkpoint and the versions that the database holds.
    func contents() throws(StoreFailure) -> (checkpoint: Checkpoint?, versions: [AppliedVersion]) {
        do {
            return try queue.inDatabase { database in
                (try Checkpoint.read(database), try AppliedVersion.readAll(database))
            }
        } catch { throw StoreFailure(error) }
    }

    /// Whether the path still leads to the file that is open.
    var isInPlace: Bool { FileIdentity(ofPath: settings.path) == identity }

    /// Bytes of the database and its write-ahead log.
    var size: Int64 {
        (FileIdentity.size(ofPath: settings.path) ?? 0) + (FileIdentity.size(ofPath: settings.path + "-wal") ?? 0)
    }

    /// Brings the write-ahead log into the database and lets it go.
    func close() {
        inserter = nil
        try? queue.close()
    }

    private static func store(_ checkpoint: Checkpoint, in database: Database) throws {
        try database.cachedStatement(sql: Checkpoint.statement).execute(arguments: checkpoint.arguments)
    }

    private static func configuration(_ settings: Settings) -> Configuration {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.label = "live"
        let patience = Patience(limit: settings.busyTimeout, isStopRequested: settings.isStopRequested)
        configuration.busyMode = .callback { patience.waits(beforeAttempt: $0) }
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = \(settings.cacheSize)")
            // Bringing 16 MB at a time into the file costs half the time of SQLite's own 4.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
        }
        return configuration
    }
}

/// Waits for a lock: exponential delays with jitter, up to a limit.
private final class Patience: Sendable {
    private let limit: Int64
    private let isStopRequested: @Sendable () -> Bool
    /// Since when the current lock is waited for.
    private let begin = Mutex(ContinuousClock.now)

    init(limit: Int64, isStopRequested: @escaping @Sendable () -> Bool) {
        (self.limit, self.isStopRequested) = (limit, isStopRequested)
    }

    /// Waits before another attempt; false to give up.
    func waits(beforeAttempt attempt: Int) -> Bool {
        let now = ContinuousClock.now
        let begin = begin.withLock { begin in
            if attempt == 0 { begin = now }
            return begin
        }
        // A run that is to end gives a lock one second more.
        let limit = isStopRequested() ? min(self.limit, 1_000_000) : self.limit
        guard now - begin < .microseconds(limit) else { return false }
        usleep(UInt32(Backoff.delay(attempt: attempt, first: 500, limit: 50_000)))
        return true
    }
}
