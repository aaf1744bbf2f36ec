import DatasetFiles
import DatasetGen
import DatasetLive
import Foundation
import GRDB
import Testing

@Suite("Phenomena of a live run") struct PhenomenonTests {
    private static let recipe = """
        dataset: {seed: 3, start: 2026-05-01, duration: 1d}
        simulation: {interval: 4m}
        fleet:
          - {count: 4, prefix: OUT, climate: city, random_location: {enabled: true, number_of_cities: 2}}
          - {count: 5, prefix: IN}
        anomalies: {probability: 0.05}
        """

    private static let phenomena = """

        phenomena:
          - {phenomenon: rain, every: 6h, duration: [20m, 1h]}
          - {phenomenon: sun, every: 1d}
          - {phenomenon: door, every: 20m, duration: [3s, 4m], recovery: 1m, metrics: {temperature: 26}, only: IN}
        """

    private let fixture: LiveFixture
    private let clock = ManualClock()

    init() throws {
        fixture = try LiveFixture()
    }

    /// Options that stop a run once the clock has gone some seconds.
    private func stopping(after seconds: Double) -> LiveOptions {
        let (begin, clock) = (clock.now().microseconds, clock)
        var options = LiveOptions()
        options.isStopRequested = { Double(clock.now().microseconds - begin) / 1e6 >= seconds }
        return options
    }

    private func table(of path: String? = nil) throws -> [[String]] {
        try DatabaseQueue(path: path ?? fixture.database)
            .read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM phenomena")
                    .map { row in row.databaseValues.map { "\($0)" } }
            }
    }

    /// The table of the batch run of a recipe.
    private func batch(_ recipe: String) async throws -> [[String]] {
        let recipe = try RecipeReader(overrides: [.formats("sqlite")])
            .read(recipe, source: "recipe.yaml", defaultName: "test").recipe
        let target = fixture.folder + "/batch-" + UUID().uuidString
        _ = try await DatasetWriter(GenerationPlan(recipe)).write(to: target)
        return try table(of: target + "/readings.sqlite")
    }

    /// Expects each of the batch run's rows once.
    private func expectRows(of recipe: String) async throws {
        let (live, batch) = (try table(), try await batch(recipe))
        #expect(batch.count > 30 && Set(batch.map(\.[1])).count == 3)
        #expect(live.count == batch.count && Set(live) == Set(batch))
    }

    @Test(
        "are told as the clock gets there, each once, however often the run was stopped",
        arguments: ["naive", "utc", "epoch_ms"]
    )
    func resumes(timestamps: String) async throws {
        let recipe = Self.recipe + Self.phenomena + "\noutputs: {sqlite: {timestamps: \(timestamps)}}"
        for seconds in [130.0, 0, 20_000, 9_000.5] {
            _ = try fixture.run(recipe, "database.batch_size=7", clock: clock, options: stopping(after: seconds))
            let counts: [Int] = try fixture.values(
                "SELECT count(*) FROM phenomena WHERE start > (SELECT max(timestamp) FROM sensor_data)"
            )
            #expect(counts == [0])
            clock.advance(seconds: 1_000)
        }
        #expect(try fixture.run(recipe, clock: clock) == .finished)
        try await expectRows(of: recipe)
    }

    @Test("are told of what is caught up, and of what is left out")
    func skipped() async throws {
        let recipe = Self.recipe + Self.phenomena
        for seconds in [20_000.0, 20_000] {
            _ = try fixture.run(recipe, "live.max_catch_up=20m", clock: clock, options: stopping(after: seconds))
            clock.advance(seconds: 9_000)
        }
        #expect(try fixture.run(recipe, "live.max_catch_up=20m", clock: clock) == .finished)
        #expect(try fixture.values("SELECT count(*) FROM live_skips") == [2])
        try await expectRows(of: recipe)
    }

    @Test("are told by a database that an older version has made, or that has lost the table")
    func completed() async throws {
        let recipe = Self.recipe + Self.phenomena
        _ = try fixture.run(recipe, clock: clock, options: stopping(after: 33_000))
        try fixture.execute("DROP TABLE phenomena")
        #expect(try fixture.run(recipe, clock: clock) == .finished)
        try await expectRows(of: recipe)
    }

    @Test("are all there after a rescue", arguments: [0.5, 0.9])
    func salvaged(share: Double) async throws {
        let recipe = Self.recipe + Self.phenomena
        _ = try fixture.run(recipe, clock: clock, options: stopping(after: 43_000))
        let whole = try Data(contentsOf: URL(filePath: fixture.database))
        try whole.prefix(Int(Double(whole.count) * share)).write(to: URL(filePath: fixture.database))
        #expect(try fixture.run(recipe, clock: clock) == .finished)
        #expect(try fixture.names().contains { $0.hasPrefix("live-damaged-") })
        try await expectRows(of: recipe)
    }

    @Test("that are felt beyond the move of a file are told by the next one as well")
    func moved() async throws {
        let recipe = Self.recipe + Self.phenomena
        let schedule = Schedule([
            (
                28_800,
                { [fixture] in
                    for end in ["", "-wal", "-shm"] {
                        try FileManager.default.moveItem(
                            atPath: fixture.database + end,
                            toPath: fixture.folder + "/old.db" + end
                        )
                    }
                }
            )
        ])
        #expect(try fixture.run(recipe, clock: schedule.clock) == .finished)
        #expect(schedule.failures == [])
        let first: [String] = try fixture.values("SELECT min(timestamp) FROM sensor_data")
        let expected = try await batch(recipe).filter { $0[6].dropFirst() > first[0] }
        let found = try table()
        #expect(expected.count > 10 && found.count == expected.count && Set(found) == Set(expected))
    }

    @Test("are added to those of a batch run behind whose readings a run goes on")
    func behindBatch() async throws {
        let recipe = Self.recipe + Self.phenomena
        let batch = try await batch(recipe)
        let folder = try #require(try fixture.names().first { $0.hasPrefix("batch-") })
        try fixture.copy(folder + "/readings.sqlite", to: "live.db")
        #expect(try fixture.run(recipe, "database.preserve_existing_db=true", clock: clock) == .finished)
        let found = try table()
        #expect(found.count == 2 * batch.count && found.prefix(batch.count) == batch[...])
        #expect(Set(found.dropFirst(batch.count)) == Set(batch))
    }

    private static let changes = [
        // None before, none behind, others, and more sensors.
        ("", phenomena), (phenomena, ""),
        (phenomena, phenomena.replacing("every: 20m", with: "every: 15m").replacing("26", with: "18")),
        (phenomena, phenomena.replacing("recovery: 1m", with: "recovery: 4m")),
        (phenomena, phenomena + "\nnormal_parameters: {temperature: {mean: 30}}"),
    ]

    @Test("are those of the recipe that counts, and end where it ends", arguments: changes.indices)
    func changed(index: Int) async throws {
        let (before, after) = Self.changes[index]
        for (text, seconds) in [(Self.recipe + before, 43_000.0), (Self.recipe + after, 33_000)] {
            _ = try fixture.run(
                text,
                "database.preserve_existing_db=true",
                clock: clock,
                options: stopping(after: seconds)
            )
        }
        let recipes: [String] = try fixture.values("SELECT recipe FROM live_versions ORDER BY version")
        let times: [String] = try fixture.values("SELECT first_time FROM live_versions ORDER BY version")
        try #require(times.count == 2)
        let change = "\"\(times[1])\""
        func rows(_ recipe: String) async throws -> [[String]] {
            recipe.contains("phenomena:") ? try await batch(recipe) : []
        }
        // What begins between two readings is felt by none, unless it lasts.
        let last: [String] = try fixture.values(
            "SELECT max(timestamp) FROM sensor_data WHERE timestamp < '\(times[1])'"
        )
        let told = try await rows(recipes[0]).filter { $0[5] <= "\"\(last[0])\"" }
        let all = try await rows(recipes[1]).filter { $0[6] > change }
        // First as they were told, then by the versions alone.
        for isMadeAnew in [false, true] {
            if isMadeAnew {
                try fixture.execute("DROP TABLE phenomena")
                _ = try fixture.run(
                    Self.recipe + after,
                    "database.preserve_existing_db=true",
                    clock: clock,
                    options: stopping(after: 0.01)
                )
            }
            let newest: [String] = try fixture.values("SELECT max(timestamp) FROM sensor_data")
            let wanted = all.filter { $0[5] <= "\"\(newest[0])\"" }
            let goOn = Set(told).intersection(wanted)
            var expected = told.map { row in
                row[6] > change && !goOn.contains(row) ? Array(row.dropLast()) + [change] : row
            }
            for row in wanted where !goOn.contains(row) {
                expected.append(row[5] < change ? Array(row[..<5]) + [change, row[6]] : row)
            }
            let found = try table()
            #expect(found.count == expected.count && Set(found) == Set(expected), "made anew: \(isMadeAnew)")
            #expect(expected.count > 15)
        }
    }

    private static let long = """
        dataset: {seed: 3, start: 2026-05-01, duration: 1d}
        simulation: {interval: 4m}
        fleet: [{count: 60}]
        phenomena: [{phenomenon: door, every: 6h, duration: [30m, 1h], recovery: 1h, metrics: {temperature: 26}}]
        """

    private static let third = [
        // None, those of the first again, and others.
        long.replacing("phenomena:", with: "# phenomena:"), long, long.replacing("every: 6h", with: "every: 7h"),
    ]

    @Test("end where their recipe ends, though they were under way when it began to count", arguments: third.indices)
    func changedTwice(index: Int) throws {
        let recipes = [Self.long, Self.long.replacing("recovery: 1h", with: "recovery: 2h"), Self.third[index]]
        func run(_ recipe: String, for seconds: Double) throws {
            _ = try fixture.run(
                recipe,
                "database.preserve_existing_db=true",
                clock: clock,
                options: stopping(after: seconds)
            )
        }
        for (recipe, seconds) in zip(recipes, [40_000.0, 1_000, 1_000]) { try run(recipe, for: seconds) }
        let times: [String] = try fixture.values("SELECT first_time FROM live_versions ORDER BY version")
        try #require(times.count == 3)
        let found = try table()
        let ends = times.dropFirst().map { "\"\($0)\"" }
        #expect(found.count { $0[5...] == ends[...] } > 5)
        let overlaps: [Int] = try fixture.values(
            """
            SELECT count(*) FROM phenomena a JOIN phenomena b ON a.phenomenon_id = b.phenomenon_id
            WHERE a.rowid < b.rowid AND a."end" > b.start AND b."end" > a.start
            """
        )
        #expect(overlaps == [0])
        // All that the newest recipe has begins with it, or later.
        let change = "\"\(times[2])\""
        #expect(found.allSatisfy { $0[5] >= change || $0[6] <= change })
        try fixture.execute("DROP TABLE phenomena")
        try run(recipes[2], for: 0.01)
        // The run may go on by a reading.
        let anew = try table().filter { $0[5] <= change }
        #expect(Set(anew) == Set(found.filter { $0[5] <= change }))
    }
}
