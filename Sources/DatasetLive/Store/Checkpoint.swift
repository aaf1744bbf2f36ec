import DatasetGen
import GRDB

/// What it takes to go on after a restart; it is written in the transaction of the readings before it.
struct Checkpoint: Hashable, Sendable {
    /// The number of the ``AppliedVersion`` that the next reading belongs to.
    var version: Int64
    /// The position of the next reading in that version's plan.
    var nextPosition: Int64
    /// The `id` of the next reading.
    var nextReading: Int64
    /// The simulated instant of the next reading.
    var nextTime: SimulatedTime
    /// How simulated time follows the wall clock.
    var anchor: ClockAnchor
    /// The simulated instant at which the run went live: what lies before it is backfill.
    var liveStart: SimulatedTime
    /// Whether the run has come to its end.
    var isFinished: Bool
    /// The file of JSON Lines; nil if there is none.
    var jsonLinesPath: String?
    /// Its length at this point.
    var jsonLinesBytes: Int64?

    /// The statement that stores it; parameters in the order of ``arguments``.
    static let statement = """
        INSERT OR REPLACE INTO live (id, version, next_position, next_reading, next_time, anchor_wall, anchor_simulated, \
        speed, live_start, is_finished, json_lines_path, json_lines_bytes) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// The values to store.
    var arguments: StatementArguments {
        [
            version, nextPosition, nextReading, nextTime.text, anchor.wall.microseconds, anchor.simulated.microseconds,
            anchor.speed, liveStart.microseconds, isFinished, jsonLinesPath, jsonLinesBytes,
        ]
    }

    /// The checkpoint of a database; nil if it has none, or one that no run has written.
    static func read(_ database: Database) throws -> Checkpoint? {
        guard try database.tableExists("live"),
            let row = try Row.fetchOne(database, sql: "SELECT * FROM live WHERE id = 1")
        else { return nil }
        let values = StoredValues(row)
        guard let version = values.whole("version"),
            let nextPosition = values.whole("next_position"), (0...LiveSchema.greatestReading) ~= nextPosition,
            let nextReading = values.whole("next_reading"), (1...LiveSchema.greatestReading) ~= nextReading,
            let nextTime = values.time("next_time"),
            let wall = values.instant("anchor_wall"),
            let simulated = values.instant("anchor_simulated"),
            let speed = values.number("speed"), (0.001...1_000_000) ~= speed,
            let liveStart = values.instant("live_start"),
            let isFinished = values.whole("is_finished")
        else { return nil }
        return Checkpoint(
            version: version,
            nextPosition: nextPosition,
            nextReading: nextReading,
            nextTime: nextTime,
            anchor: ClockAnchor(wall: wall, simulated: simulated, speed: speed),
            liveStart: liveStart,
            isFinished: isFinished != 0,
            jsonLinesPath: values.text("json_lines_path"),
            jsonLinesBytes: values.whole("json_lines_bytes").map { max(0, $0) }
        )
    }
}
