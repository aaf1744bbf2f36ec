import DatasetFiles
import DatasetGen
import DatasetLive
import Foundation
import GRDB
import Logging
import Synchronization

/// A folder with a live database, and recipes that write it.
final class LiveFixture: Sendable {
    let folder: String
    private let name: String
    var database: String { folder + "/" + name }

    /// A folder in which the database will have this path.
    init(_ name: String = "live.db") throws {
        self.name = name
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

    /// The same where there may be NULL.
    func values<Value: DatabaseValueConvertible>(_ sql: String) throws -> [Value?] {
        try DatabaseQueue(path: database).read { try Value?.fetchAll($0, sql: sql) }
    }

    /// Executes statements as another program does.
    func execute(_ sql: String, in path: String? = nil) throws {
        let queue = try DatabaseQueue(path: path ?? database)
        defer { try? queue.close() }
        try queue.inDatabase { try $0.execute(sql: sql) }
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

extension LiveFixture {
    /// Writes a file at once, as editors do.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + "/" + name), options: .atomic)
    }

    /// Appends to a file.
    func append(_ text: String, to name: String) throws {
        let file = try FileHandle(forWritingTo: URL(filePath: folder + "/" + name))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    /// The text of a file.
    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: folder + "/" + name)), as: UTF8.self)
    }

    /// Copies a file.
    func copy(_ name: String, to target: String) throws {
        try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: folder + "/" + target)
    }

    /// Makes a link, or puts a new one in the place of an old one.
    func link(_ name: String, to target: String) throws {
        let path = folder + "/" + name
        try FileManager.default.createSymbolicLink(atPath: path + ".new", withDestinationPath: target)
        guard rename(path + ".new", path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// All readings but for their numbers, as text, one a line.
    func rowsWithoutID(of path: String? = nil) throws -> [String] {
        try readings(of: path).map { String($0[($0.firstIndex(of: " ") ?? $0.startIndex)...].drop { $0 != "t" }) }
    }

    /// The readings of the batch run of a resolved recipe, but for their numbers.
    func batchWithoutID(_ recipe: String) async throws -> [String] {
        let recipe = try RecipeReader(overrides: [.formats("sqlite")])
            .read(recipe, source: "version", defaultName: "test").recipe
        let target = folder + "/batch-" + UUID().uuidString
        _ = try await DatasetWriter(GenerationPlan(recipe)).write(to: target)
        return try rowsWithoutID(of: target + "/readings.sqlite")
    }
}
