import DatasetGen
import GRDB

extension LiveStore {
    /// What SQLite is told before anything else.
    static func configuration(_ settings: Settings) -> Configuration {
        var configuration = Configuration()
        configuration.label = "live"
        let patience = Patience(
            limit: settings.busyTimeout,
            isStopRequested: settings.isStopRequested,
            lockWait: settings.lockWait
        )
        configuration.busyMode = .callback { patience.waits(beforeAttempt: $0) }
        configuration.prepareDatabase { database in
            database.keepLog(true)
            try database.execute(sql: "PRAGMA cache_size = \(settings.cacheSize)")
            // Bringing 16 MB at a time into the file costs half the time of SQLite's own 4.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
        }
        return configuration
    }

    static func check(_ database: Database, _ settings: Settings, joinsStrangers: Bool) throws {
        guard try database.tableExists("sensor_data") else {
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            if tables == 0 || joinsStrangers { return }
            throw StoreFailure.unusable("it is another program's: it has tables, and no sensor_data among them")
        }
        let names = try database.columns(in: "sensor_data").map(\.name)
        guard names == settings.columns.map(\.name) else {
            let found = names.joined(separator: ", ")
            throw StoreFailure.unusable("its table sensor_data has other columns: \(found)")
        }
    }

    static func check(_ database: Database, isOf run: String) throws {
        guard try database.tableExists("sensor_data") else { return }
        let contents = try LiveContents(database)
        if contents.run == run { return }
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM (SELECT 1 FROM sensor_data LIMIT 1)") ?? 0
        guard contents.run == nil, contents.checkpoint == nil, count == 0 else {
            throw StoreFailure.unusable("it is another run's")
        }
    }

    static func setJournalMode(_ database: Database, _ mode: JournalMode) throws {
        let found = try String.fetchOne(database, sql: "PRAGMA journal_mode = \(mode.rawValue)")
        guard found == mode.rawValue else {
            let advice = mode == .wal ? "; database.journal_mode: delete does without" : ""
            throw StoreFailure.unavailable("its journal mode stays \(found ?? "unknown")\(advice)")
        }
        // In WAL mode this keeps the database whole, and loses at most the last transactions if the power fails.
        try database.execute(sql: "PRAGMA synchronous = \(mode == .wal ? "NORMAL" : "FULL")")
    }
}
