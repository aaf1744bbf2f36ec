import DatasetGen
import DatasetLive
import Foundation
import Logging
import Synchronization
import Testing

@Suite("A changed recipe") struct ReloadTests {
    private static let base = "dataset: {seed: 3, start: 2026-05-01, duration: 10m}\nreplicas: {count: 7}\n"

    /// Runs `recipe.yaml`, which `edits` change when the clock has gone as many seconds.
    private func run(
        _ fixture: LiveFixture,
        _ monitor: LiveMonitor? = nil,
        edits: [(seconds: Double, edit: @Sendable () throws -> Void)]
    ) throws -> LiveOutcome {
        let begin = SimulatedTime(parsing: "2026-05-01T12:00:00")!
        let pending = Mutex(edits[...])
        let clock = ManualClock { now in
            let seconds = Double(now.microseconds - begin.microseconds) / 1e6
            let due = pending.withLock { pending in
                pending.first.map { $0.seconds <= seconds } == true ? pending.removeFirst() : nil
            }
            try? due?.edit()
        }
        let (path, database) = (fixture.folder + "/recipe.yaml", fixture.database)
        let source = LiveRecipeSource(path: path) {
            try RecipeReader(overrides: [.set("database.path=\(database)")])
                .read(bytes: [UInt8](Data(contentsOf: URL(filePath: path))), source: "recipe.yaml", defaultName: "test")
        }
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let run = LiveRun(
            try source.read(),
            from: source,
            options: LiveOptions(),
            clock: clock,
            monitor: monitor,
            log: log
        )
        return try run.run()
    }

    private static let edits = [
        "anomalies: {probability: 0.3, types: {spike: {}}}",
        "normal_parameters: {temperature: {mean: 500, min: 400, max: 600}}",
        "simulation: {interval: 250ms}",
        "simulation: {interval: 7s}",
    ]

    @Test("takes effect at a tick, and batch gives the same readings again", arguments: edits)
    func applies(edit: String) async throws {
        let fixture = try LiveFixture()
        try fixture.write(Self.base, to: "recipe.yaml")
        let edited = Self.base + edit
        #expect(try run(fixture, edits: [(100, { try fixture.write(edited, to: "recipe.yaml") })]) == .finished)
        let recipes: [String] = try fixture.values("SELECT recipe FROM live_versions ORDER BY version")
        let firsts: [Int] = try fixture.values("SELECT first_reading FROM live_versions ORDER BY version")
        let ticks: [Int] = try fixture.values("SELECT first_tick FROM live_versions ORDER BY version")
        try #require(recipes.count == 2)
        let (firstReading, firstTick) = (firsts[1], ticks[1])
        #expect((100 * 7...103 * 7).contains(firstReading - 1))
        let rows = try fixture.rowsWithoutID()
        let before = try await fixture.batchWithoutID(recipes[0])
        let after = try await fixture.batchWithoutID(recipes[1])
        #expect(rows.prefix(firstReading - 1) == before.prefix(firstReading - 1))
        #expect(rows.dropFirst(firstReading - 1) == after.dropFirst(firstTick * 7))
        #expect(rows.count == firstReading - 1 + after.count - firstTick * 7)
    }

    @Test("may change the number of sensors")
    func replicas() throws {
        let fixture = try LiveFixture()
        try fixture.write(Self.base, to: "recipe.yaml")
        let edited = Self.base.replacing("count: 7", with: "count: 9")
        _ = try run(fixture, edits: [(100, { try fixture.write(edited, to: "recipe.yaml") })])
        let counts: [Int] = try fixture.values(
            "SELECT DISTINCT count(*) FROM sensor_data GROUP BY timestamp ORDER BY 1"
        )
        #expect(counts == [7, 9])
        #expect(try fixture.values("SELECT count(DISTINCT timestamp) FROM sensor_data") == [600])
    }

    @Test("that is invalid changes nothing and is reported until it is mended")
    func invalid() throws {
        let fixture = try LiveFixture()
        try fixture.write(Self.base, to: "recipe.yaml")
        let monitor = LiveMonitor(clock: ManualClock())
        let errors = Mutex<[[String]]>([])
        let look: @Sendable () -> Void = { errors.withLock { $0.append(monitor.status().reloadErrors) } }
        _ = try run(
            fixture,
            monitor,
            edits: [
                (100, { try fixture.write(Self.base + "anomalies: {probability: 7}", to: "recipe.yaml") }),
                (110, look),
                (120, { try fixture.write(Self.base + "dataset: {seed: 4}", to: "recipe.yaml") }),
                (130, look),
                (140, { try fixture.write(Self.base, to: "recipe.yaml") }),
                (150, look),
            ]
        )
        let seen = errors.withLock { $0 }
        try #require(seen.count == 3)
        #expect(seen[0] == ["recipe.yaml:3:13: anomalies.probability: 7 is not between 0 and 1"])
        #expect(!seen[1].isEmpty)
        #expect(seen[2].isEmpty)
        #expect(try fixture.values("SELECT count(*) FROM live_versions") == [1])
    }

    @Test("is noticed when a link to it is moved, as a ConfigMap's are")
    func symlink() throws {
        let fixture = try LiveFixture()
        for (name, probability) in [("one", 0.1), ("two", 0.3)] {
            try FileManager.default.createDirectory(
                atPath: fixture.folder + "/" + name,
                withIntermediateDirectories: true
            )
            try fixture.write(Self.base + "anomalies: {probability: \(probability)}", to: name + "/recipe.yaml")
        }
        try fixture.link("current", to: "one")
        try fixture.link("recipe.yaml", to: "current/recipe.yaml")
        _ = try run(fixture, edits: [(100, { try fixture.link("current", to: "two") })])
        #expect(try fixture.values("SELECT count(*) FROM live_versions") == [2])
    }
}
