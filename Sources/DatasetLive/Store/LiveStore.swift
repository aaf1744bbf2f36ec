import DatasetGen
import GRDB

/// The live database: readings and the checkpoint behind them, written in one transaction.
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
        /// How SQLite keeps transactions.
        var journalMode: JournalMode
        /// Whether readings are stored, rather than only where the run stands.
        var storesReadings: Bool
        /// Whether somebody waits for the run to end: then no lock is waited for any longer.
        var isStopRequested: @Sendable () -> Bool
        /// Is told while a lock is waited for.
        var lockWait: LockWait
    }

    let settings: Settings
    let queue: DatabaseQueue
    private var inserter: ReadingInserter?
    private(set) var files: LiveFiles
    /// Whether it can be written; a closed one is opened anew, not again.
    private(set) var isOpen = true

    /// Opens a database, and makes it and its tables if they are not there.
    ///
    /// - Parameters:
    ///   - settings: where it is, and how it is opened.
    ///   - run: the mark of the run that it must be of, unless it is empty; nil for any.
    ///   - joinsStrangers: whether the tables are added to a database that has others, but none of readings.
    /// - Throws: ``StoreFailure``; a database that does not fit has not been changed.
    init(_ settings: Settings, of run: String? = nil, joinsStrangers: Bool = false) throws(StoreFailure) {
        self.settings = settings
        do {
            let queue = try DatabaseQueue(path: settings.path, configuration: Self.configuration(settings))
            do {
                try queue.inDatabase { database in
                    try Self.check(database, settings, joinsStrangers: joinsStrangers)
                    if let run { try Self.check(database, isOf: run) }
                    try Self.setJournalMode(database, settings.journalMode)
                    try database.execute(sql: LiveSchema.creation(settings.columns, timestamps: settings.timestamps))
                    try PhenomenonTable.complete(database, settings.timestamps)
                }
            } catch {
                // The log of a database that may be damaged stays as it is.
                if !StoreFailure(error).isDamage { queue.inDatabase { $0.keepLog(false) } }
                try? queue.close()
                throw error
            }
            self.queue = queue
            files = LiveFiles(settings.path, usesLog: settings.journalMode == .wal)
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

    /// Adds the readings up to a position, the phenomena that begin with them, and the checkpoint that stands behind them: all of it or nothing.
    ///
    /// - Parameters:
    ///   - cursor: stands in front of the readings, and is not moved.
    ///   - limit: the position behind the last of them.
    ///   - shift: what the readings' numbers in the plan lack to their `id`.
    ///   - phenomena: what is told besides.
    ///   - checkpoint: what stands in the database afterwards; asked for once the readings are added.
    ///   - onRows: is called for each run of rows that has been added, before they are committed.
    /// - Throws: what SQLite says; nothing has changed then.
    func write(
        _ cursor: inout LiveCursor,
        upTo limit: Int64,
        shift: Int64,
        phenomena: ToldPhenomena,
        checkpoint: () -> (Checkpoint, RunTotals),
        onRows: (ReadingBlock, Range<Int>) throws -> Void
    ) throws {
        guard isOpen, let inserter else { throw StoreFailure.unavailable("it is not open") }
        try queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try cursor.read(upTo: limit) { block, rows in
                    if settings.storesReadings { try inserter.insert(block, rows, shift: shift) }
                    try onRows(block, rows)
                }
                try phenomena.write(in: database)
                let (checkpoint, totals) = checkpoint()
                try Self.store(checkpoint, totals, in: database)
                return .commit
            }
        }
    }

    /// Stores a checkpoint, the versions up to it, what was left out before it, and what there is to be told of phenomena.
    func store(
        _ checkpoint: Checkpoint,
        _ totals: RunTotals,
        versions: [AppliedVersion] = [],
        entries: [(key: String, value: String)] = [],
        skips: [SkippedStretch] = [],
        phenomena: ToldPhenomena = ToldPhenomena()
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
                    for skip in skips {
                        try database.execute(sql: SkippedStretch.statement, arguments: skip.arguments)
                    }
                    try phenomena.write(in: database)
                    try Self.store(checkpoint, totals, in: database)
                    return .commit
                }
            }
        } catch { throw StoreFailure(error) }
    }

    /// What has happened to the files since the last look; nil if nothing has.
    func change() -> LiveFiles.Change? { files.change() }

    /// Brings what the write-ahead log holds into the database, as far as readers let it; nobody waits.
    ///
    /// - Throws: ``StoreFailure``; it is damage if the database does not hold then what its log does, which is still there.
    func bringIn() throws(StoreFailure) {
        guard isOpen, settings.journalMode == .wal else { return }
        do {
            try queue.inDatabase { database in
                let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(PASSIVE)")
                guard files.isInPlace, let row, let frames: Int = row[1], frames > 0, row[2] == frames else { return }
                guard LogComparison.isFaithful(settings.path, frames: frames) else {
                    throw StoreFailure.damaged("it does not hold what was brought in from its log")
                }
            }
        } catch { throw StoreFailure(error) }
    }

    /// Bytes of the database and its write-ahead log.
    var size: Int64 {
        (FileIdentity.size(ofPath: settings.path) ?? 0) + (FileIdentity.size(ofPath: settings.path + "-wal") ?? 0)
    }

    /// Brings the write-ahead log into the database and lets it go.
    ///
    /// Where `isLast` and nobody else has it open, the database is one file afterwards that can be read where nothing can
    /// be written.
    func close(isLast: Bool = false) {
        guard isOpen else { return }
        if case .failure(let failure) = Result(catching: { () throws(StoreFailure) in try bringIn() }), failure.isDamage
        {
            return abandon()
        }
        isOpen = false
        inserter = nil
        if settings.journalMode == .wal {
            // SQLite leaves the log alone when it closes a database that is not in its place any more.
            let mode = isLast ? "journal_mode = DELETE" : "wal_checkpoint(TRUNCATE)"
            try? queue.inDatabase { database in
                try database.execute(sql: "PRAGMA busy_timeout = \(isLast ? 500 : 0)")
                try database.execute(sql: "PRAGMA \(mode)")
                database.keepLog(false)
            }
        }
        try? queue.close()
    }

    /// Lets go of a database that may be damaged: its log stays as it is.
    func abandon() {
        guard isOpen else { return }
        isOpen = false
        inserter = nil
        try? queue.close()
    }

    private static func store(_ checkpoint: Checkpoint, _ totals: RunTotals, in database: Database) throws {
        try database.cachedStatement(sql: Checkpoint.statement).execute(arguments: checkpoint.arguments)
        try database.cachedStatement(sql: RunTotals.statement).execute(arguments: [totals.text])
    }

}
