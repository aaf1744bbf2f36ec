import DatasetGen
import GRDB

/// Readings that `live.max_catch_up` left out: a row of `live_skips`.
struct SkippedStretch: Hashable, Sendable {
    /// The `id` that the first of them would have.
    var firstReading: Int64
    /// The `id` that the last of them would have.
    var lastReading: Int64
    /// The simulated instant of the first.
    var firstTime: SimulatedTime
    /// The simulated instant of the last.
    var lastTime: SimulatedTime
    /// When they were left out, by the wall clock.
    var skippedAt: SimulatedTime

    /// How many they are.
    var count: Int64 { lastReading - firstReading + 1 }

    /// The readings of all stretches that a database holds.
    static func readings(_ database: Database) throws -> [ClosedRange<Int64>] {
        try Row.fetchAll(database, sql: "SELECT first_reading, last_reading FROM live_skips ORDER BY first_reading")
            .compactMap { row in
                let values = StoredValues(row)
                guard let first = values.whole("first_reading"), let last = values.whole("last_reading"), first <= last
                else { return nil }
                return first...last
            }
    }

    static let statement = """
        INSERT OR REPLACE INTO live_skips (first_reading, last_reading, first_time, last_time, skipped_at) \
        VALUES (?, ?, ?, ?, ?)
        """

    var arguments: StatementArguments { [firstReading, lastReading, firstTime.text, lastTime.text, skippedAt.text] }
}
