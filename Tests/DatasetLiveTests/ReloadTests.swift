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
        options: LiveOptions = LiveOptions(),
        edits: [(seconds: Double, edit: @Sendable () throws -> Void)],
        clock onClock: (ManualClock) -> Void = { _ in }
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
        onClock(clock)
        let (path, database) = (fixture.folder + "/recipe.yaml", fixture.database)
        let source = LiveRecipeSource(path: path) {
            try RecipeReader(overrides: [.set("database.path=\(database)")])
                .read(bytes: [UInt8](Data(contentsOf: URL(filePath: path))), source: "recipe.yaml", defaultName: "test")
        }
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let run = LiveRun(
            try source.read(),
            from: source,
            options: options,
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
        let looks = Looks(monitor)
        _ = try run(
            fixture,
            monitor,
            edits: [
                (100, { try fixture.write(Self.base + "anomalies: {probability: 7}", to: "recipe.yaml") }),
                (110, looks.take),
                (120, { try fixture.write(Self.base + "dataset: {seed: 4}", to: "recipe.yaml") }),
                (130, looks.take),
                (140, { try fixture.write(Self.base, to: "recipe.yaml") }),
                (150, looks.take),
            ]
        )
        let seen = looks.statuses.map(\.reloadErrors)
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

    @Test("that is empty is not followed", arguments: ["", "\n\n", "# to be written\n", "---\n", "{}\n", "null\n"])
    func empty(text: String) throws {
        let fixture = try LiveFixture()
        try fixture.write(Self.base, to: "recipe.yaml")
        let monitor = LiveMonitor(clock: ManualClock())
        let looks = Looks(monitor)
        _ = try run(
            fixture,
            monitor,
            edits: [
                (100, { try fixture.write(text, to: "recipe.yaml") }), (110, looks.take),
                (120, { try fixture.write(Self.base, to: "recipe.yaml") }), (130, looks.take),
            ]
        )
        let seen = looks.statuses.map(\.reloadErrors)
        #expect(seen.first?.first?.contains("the recipe is empty: not applied") == true)
        #expect(seen.last?.isEmpty == true)
        #expect(try fixture.values("SELECT count(*) FROM live_versions") == [1])
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [4_200])
    }

    @Test("that is still being written is not followed before it is whole")
    func growing() throws {
        let fixture = try LiveFixture()
        try fixture.write(Self.base, to: "recipe.yaml")
        let whole = Self.base.replacing("7", with: "9") + "anomalies: {probability: 0.3}\n"
        // Each part by itself is a recipe, and would be another fleet.
        let parts = (1...6)
            .map { length -> (Double, @Sendable () throws -> Void) in
                let text = String(whole.prefix(whole.count * length / 6))
                return (99.5 + 0.8 * Double(length), { try fixture.overwrite("recipe.yaml", with: text) })
            }
        _ = try run(fixture, edits: parts)
        #expect(try fixture.values("SELECT count(*) FROM live_versions") == [2])
        let counts: [Int] = try fixture.values("SELECT DISTINCT count(*) FROM sensor_data GROUP BY timestamp")
        #expect(Set(counts) == [7, 9])
    }

    @Test("cannot reach back before it was seen: what is due by then is the old recipe's")
    func backlog() throws {
        let fixture = try LiveFixture()
        let first = Self.base + "database: {batch_size: 10}\n"
        try fixture.write(first, to: "recipe.yaml")
        let clock = Mutex<ManualClock?>(nil)
        let requests = Atomic(0)
        var options = LiveOptions()
        options.takeReloadRequest = { requests.exchange(0, ordering: .relaxed) > 0 }
        let edited = first + "normal_parameters: {temperature: {mean: 500, min: 400, max: 600}}\n"
        let edits: [(Double, @Sendable () throws -> Void)] = [
            (
                100,
                {
                    clock.withLock { $0 }?.advance(seconds: 200)
                    try fixture.write(edited, to: "recipe.yaml")
                    requests.store(1, ordering: .relaxed)
                }
            )
        ]
        _ = try run(fixture, options: options, edits: edits) { manual in clock.withLock { $0 = manual } }
        let hot: [String] = try fixture.values("SELECT min(timestamp) FROM sensor_data WHERE temperature > 300")
        let cold: [String] = try fixture.values("SELECT max(timestamp) FROM sensor_data WHERE temperature < 300")
        #expect(cold.first?.hasPrefix("2026-05-01T00:05:0") == true, "\(cold)")
        #expect(hot.first.map { $0 > cold[0] } == true, "\(hot)")
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [4_200])
        #expect(try fixture.values("SELECT count(DISTINCT timestamp) FROM sensor_data") == [600])
    }

    @Test("that cannot be read any more is noticed, and when it can be again", arguments: ["gone", "pipe", "folder"])
    func lost(how: String) throws {
        let fixture = try LiveFixture()
        try fixture.write(Self.base, to: "recipe.yaml")
        let path = fixture.folder + "/recipe.yaml"
        let monitor = LiveMonitor(clock: ManualClock())
        let looks = Looks(monitor)
        _ = try run(
            fixture,
            monitor,
            edits: [
                (
                    100,
                    {
                        rename(path, path + ".away")
                        if how == "pipe" { mkfifo(path, 0o644) }
                        if how == "folder" { mkdir(path, 0o755) }
                    }
                ), (110, looks.take),
                (
                    120,
                    {
                        if how == "folder" { rmdir(path) } else { unlink(path) }
                        rename(path + ".away", path)
                    }
                ), (130, looks.take),
            ]
        )
        let seen = looks.statuses
        try #require(seen.count == 2)
        #expect(seen[0].health == .degraded && seen[0].isDatabaseWritable && !seen[0].reloadErrors.isEmpty)
        #expect(seen[1].health == .healthy && seen[1].reloadErrors.isEmpty)
        #expect(try fixture.values("SELECT count(*) FROM live_versions") == [1])
    }

    @Test("is not looked for where the recipe was no file")
    func noFile() throws {
        let fixture = try LiveFixture()
        let requests = Atomic(3)
        let reads = Atomic(0)
        var options = LiveOptions()
        options.takeReloadRequest = { requests.exchange(0, ordering: .relaxed) > 0 }
        let database = fixture.database
        let source = LiveRecipeSource(path: nil) {
            reads.add(1, ordering: .relaxed)
            return try RecipeReader(overrides: [.set("database.path=\(database)")])
                .read("", source: "pipe", defaultName: "test")
        }
        _ = try fixture.run(Self.base, options: options, source: source)
        #expect(reads.load(ordering: .relaxed) == 0)
        #expect(try fixture.values("SELECT count(*) FROM live_versions") == [1])
    }
}

extension LiveFixture {
    /// Writes a file in place: it is empty, and then it has its text.
    fileprivate func overwrite(_ name: String, with text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
    }
}
