public import DatasetGen
import GRDB

/// A recipe that a live run has followed, and from which reading on.
///
/// Reading `firstReading + n` of the database is reading `firstTick · sensors + n + 1` of the batch run of ``recipe``.
public struct AppliedVersion: Hashable, Sendable {
    /// Counts from 1.
    public let number: Int64
    /// The `id` of its first reading.
    public let firstReading: Int64
    /// The tick of its first reading, on the recipe's own grid.
    public let firstTick: Int64
    /// The simulated instant of that tick.
    public let firstTime: SimulatedTime
    /// When it was applied, by the wall clock.
    public let appliedAt: SimulatedTime
    /// The seed.
    public let seed: UInt64
    /// The resolved recipe, as ``RecipeWriter`` writes it.
    public let recipe: String

    static let statement = """
        INSERT OR REPLACE INTO live_versions \
        (version, first_reading, first_tick, first_time, applied_at, seed, recipe) VALUES (?, ?, ?, ?, ?, ?, ?)
        """

    var arguments: StatementArguments {
        [number, firstReading, firstTick, firstTime.text, appliedAt.text, String(seed), recipe]
    }

    static func readAll(_ database: Database) throws -> [AppliedVersion] {
        guard try database.tableExists("live_versions") else { return [] }
        return try Row.fetchAll(database, sql: "SELECT * FROM live_versions ORDER BY version")
            .compactMap { row in
                let values = StoredValues(row)
                guard let number = values.whole("version"), (1..<Int64.max) ~= number,
                    let firstReading = values.whole("first_reading"),
                    (1...LiveSchema.greatestReading) ~= firstReading,
                    let firstTick = values.whole("first_tick"), (0...LiveSchema.greatestReading) ~= firstTick,
                    let seed = values.text("seed").flatMap({ UInt64($0) }),
                    let recipe = values.text("recipe")
                else { return nil }
                return AppliedVersion(
                    number: number,
                    firstReading: firstReading,
                    firstTick: firstTick,
                    firstTime: values.time("first_time") ?? .earliest,
                    appliedAt: values.time("applied_at") ?? .earliest,
                    seed: seed,
                    recipe: recipe
                )
            }
    }
}
