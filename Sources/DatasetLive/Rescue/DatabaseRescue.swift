import DatasetGen
import GRDB
import Logging

/// Saves what is readable of a damaged database.
struct DatabaseRescue {
    /// What has come of it.
    struct Result: Hashable, Sendable {
        /// Readings that are in the new database.
        var saved: Int64 = 0
        /// Readings that lay where the old one cannot be read; ids that were free there count, too.
        var lost: Int64 = 0

        static func += (sum: inout Result, other: Result) {
            sum.saved += other.saved
            sum.lost += other.lost
        }
    }

    /// What is wrong with a database; nil if SQLite finds nothing.
    ///
    /// While a run writes it, it is only read.
    static func damage(ofPath path: String, isWritten: Bool = false) throws(StoreFailure) -> String? {
        do {
            var configuration = Configuration()
            configuration.readonly = isWritten
            configuration.busyMode = .timeout(10)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let finding = try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
            try queue.close()
            return finding == "ok" ? nil : finding ?? "quick_check says nothing"
        } catch {
            if case .damaged(let text) = StoreFailure(error) { return text }
            throw StoreFailure(error)
        }
    }

    /// Readings that are copied at a time.
    private static let readingsAtOnce = 8_192

    private let columns: [ReadingColumn]
    private let timestamps: TimestampStyle

    init(columns: [ReadingColumn], timestamps: TimestampStyle) {
        (self.columns, self.timestamps) = (columns, timestamps)
    }

    /// Copies what can be read of `damaged` into a new database at `path`.
    func salvage(_ damaged: String, into path: String) throws(StoreFailure) -> Result {
        do {
            let queue = try DatabaseQueue(path: path)
            defer { try? queue.close() }
            return try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = OFF")
                try database.execute(sql: LiveSchema.creation(columns, timestamps: timestamps))
                try database.execute(sql: "ATTACH DATABASE ? AS damaged", arguments: [damaged])
                for table in ["dataset", "live", "live_versions"] {
                    // A table that cannot be read is made anew by the run, as far as it knows what was in it.
                    try? database.execute(sql: "INSERT OR IGNORE INTO main.\(table) SELECT * FROM damaged.\(table)")
                }
                var result = Result()
                if let last = Self.lastReading(database), !Self.isReadable(database, upTo: last) {
                    result.lost = last
                } else if let last = Self.lastReading(database) {
                    // Each statement is a transaction of its own: one that meets a damaged page in a longer transaction
                    // is not undone cleanly, and nothing after it works.
                    for first in stride(from: 1, through: last, by: Self.readingsAtOnce) {
                        result += try copy(first...min(last, first + Int64(Self.readingsAtOnce) - 1), database)
                    }
                }
                try? database.execute(sql: "DETACH DATABASE damaged")
                return result
            }
        } catch { throw StoreFailure(error) }
    }

    /// Copies readings; where some cannot be read, smaller and smaller runs of them are tried.
    private func copy(_ ids: ClosedRange<Int64>, _ database: Database) throws -> Result {
        do {
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO main.sensor_data
                    SELECT * FROM damaged.sensor_data WHERE id BETWEEN ? AND ?
                    """,
                arguments: [ids.lowerBound, ids.upperBound]
            )
            return Result(saved: Int64(database.changesCount))
        } catch {
            guard case .damaged = StoreFailure(error) else { throw error }
            guard ids.count > 1 else { return Result(lost: 1) }
            let middle = ids.lowerBound + Int64(ids.count) / 2
            var result = try copy(ids.lowerBound...middle - 1, database)
            result += try copy(middle...ids.upperBound, database)
            return result
        }
    }

    /// Whether any reading can be found: with the table's first page gone, none can, and trying each would take hours.
    private static func isReadable(_ database: Database, upTo last: Int64) -> Bool {
        [1, last / 2, last]
            .contains { id in
                let query = "SELECT id FROM damaged.sensor_data WHERE id >= ? ORDER BY id LIMIT 1"
                return (try? Int64.fetchAll(database, sql: query, arguments: [id])) != nil
            }
    }

    /// The greatest `id` that the damaged database may hold; nil if nothing of it can be read.
    private static func lastReading(_ database: Database) -> Int64? {
        let queries = [
            "SELECT max(id) FROM damaged.sensor_data",
            "SELECT next_reading - 1 FROM damaged.live",
            "SELECT seq FROM damaged.sqlite_sequence WHERE name = 'sensor_data'",
        ]
        let answers = queries.compactMap { query in (try? Int64.fetchOne(database, sql: query)) ?? nil }
        return answers.max().flatMap { $0 > 0 ? $0 : nil }
    }
}

extension DatabaseRescue {
    /// Sets a damaged database aside and puts one with what is readable in its place.
    func replace(
        _ path: String,
        damage: String,
        at instant: SimulatedTime,
        _ log: Logger
    ) throws(StoreFailure) -> Result {
        let aside = try DatabaseFiles.setAside(path, mark: "damaged", at: instant)
        log.error("the database is damaged and set aside as \(aside): \(damage)")
        var result = Result()
        do throws(StoreFailure) {
            result = try salvage(aside, into: path)
        } catch { log.error("nothing of it can be read: \(error)") }
        log.warning("\(result.saved) readings saved, \(result.lost) lost")
        return result
    }
}
