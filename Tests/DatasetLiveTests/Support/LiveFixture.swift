import DatasetGen
import DatasetLive
import Foundation
import GRDB
import Logging
import Synchronization

/// A folder with a live database, and recipes that write it.
final class LiveFixture: Sendable {
    let folder: String
    var database: String { folder + "/live.db" }

    init() throws {
        folder = NSTemporaryDirectory() + "gen-dataset-live-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A recipe that writes the fixture's database.
    func recipe(_ yaml: String, _ settings: String...) throws -> ResolvedRecipe {
        let overrides = ["database.path=\(database)"] + settings
        return try RecipeReader(overrides: overrides.map { .set($0) })
            .read(yaml, source: "recipe.yaml", defaultName: "test")
    }

    /// A run of a recipe.
    func run(
        _ yaml: String,
        _ settings: String...,
        clock: ManualClock = ManualClock(),
        monitor: LiveMonitor? = nil,
        options: LiveOptions = LiveOptions(),
        source: LiveRecipeSource? = nil
    ) throws -> LiveOutcome {
        let overrides = ["database.path=\(database)"] + settings
        let read: @Sendable () throws -> ResolvedRecipe = {
            try RecipeReader(overrides: overrides.map { .set($0) })
                .read(yaml, source: "recipe.yaml", defaultName: "test")
        }
        var log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        log.logLevel = .critical
        let run = LiveRun(
            try read(),
            from: source ?? LiveRecipeSource(path: nil, read: read),
            options: options,
            clock: clock,
            monitor: monitor,
            log: log
        )
        return try run.run()
    }

    /// The first value of each row of a query.
    func values<Value: DatabaseValueConvertible>(_ sql: String, of path: String? = nil) throws -> [Value] {
        try DatabaseQueue(path: path ?? database).read { try Value.fetchAll($0, sql: sql) }
    }

    /// All readings, as text, one a line.
    func readings(of path: String? = nil) throws -> [String] {
        try DatabaseQueue(path: path ?? database)
            .read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM sensor_data ORDER BY id").map { "\($0)" }
            }
    }

    /// The readings of the batch run of a recipe.
    func batch(_ yaml: String, _ settings: String...) async throws -> [String] {
        let recipe = try RecipeReader(overrides: (settings + ["outputs=[sqlite]"]).map { .set($0) })
            .read(yaml, source: "recipe.yaml", defaultName: "test").recipe
        let target = folder + "/batch-" + UUID().uuidString
        let options = DatasetWriter.Options(workerCount: 1, isCancelled: { false }, onProgress: { _ in })
        _ = try await DatasetWriter(GenerationPlan(recipe), options: options).write(to: target)
        return try readings(of: target + "/readings.sqlite")
    }

    /// The names of the files.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
}
