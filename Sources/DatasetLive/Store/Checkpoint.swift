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

    /// The checkpoint of a database; nil if it has none.
    static func read(_ database: Database) throws -> Checkpoint? {
        guard try database.tableExists("live"),
            let row = try Row.fetchOne(database, sql: "SELECT * FROM live WHERE id = 1"),
            let time = (row["next_time"] as String?).flatMap({ SimulatedTime(parsing: $0) })
        else { return nil }
        return Checkpoint(
            version: row["version"],
            nextPosition: row["next_position"],
            nextReading: row["next_reading"],
            nextTime: time,
            anchor: ClockAnchor(
                wall: SimulatedTime(microseconds: row["anchor_wall"]),
                simulated: SimulatedTime(microseconds: row["anchor_simulated"]),
                speed: row["speed"]
            ),
            liveStart: SimulatedTime(microseconds: row["live_start"]),
            isFinished: row["is_finished"],
            jsonLinesPath: row["json_lines_path"],
            jsonLinesBytes: row["json_lines_bytes"]
        )
    }
}
