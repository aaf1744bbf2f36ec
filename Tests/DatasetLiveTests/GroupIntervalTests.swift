import DatasetGen
import DatasetLive
import Testing

@Suite("A live run of groups with intervals of their own") struct GroupIntervalTests {
    private static let recipe = """
        dataset: {name: mixed, seed: 3, start: 2026-05-01, duration: 20m}
        simulation: {interval: 2s}
        fleet:
          - {count: 3, prefix: SLOW, interval: 10s}
          - {count: 2, prefix: FAST}
          - {count: 2, prefix: SLOWER, interval: 1m, anomalies: {probability: 0.3}}
        anomalies: {probability: 0.1, types: {spike: {}, missing_data: {duration: 20s, modes: [omit]}}}
        """

    @Test("writes what a batch run writes")
    func sameRows() async throws {
        let fixture = try LiveFixture()
        _ = try fixture.run(Self.recipe)
        let live = try fixture.readings()
        #expect(try await fixture.batch(Self.recipe) == live)
        let slow = "SELECT count(*) FROM sensor_data WHERE sensor_id = 'SLOW_000001' AND timestamp NOT LIKE '%0.000000'"
        #expect(try fixture.values(slow) == [0])
    }

    @Test("follows another interval of a group, and batch gives the same readings again")
    func reload() async throws {
        let fixture = try LiveFixture()
        let recipe = Self.recipe.replacing("omit", with: "stuck")
        let edited = recipe.replacing("SLOWER, interval: 1m", with: "SLOWER, interval: 20s")
        try fixture.write(recipe, to: "recipe.yaml")
        let schedule = Schedule([(300, { try fixture.write(edited, to: "recipe.yaml") })])
        let (path, database) = (fixture.folder + "/recipe.yaml", fixture.database)
        let source = LiveRecipeSource(path: path) {
            try RecipeReader(overrides: [.set("database.path=\(database)")])
                .read(try fixture.text("recipe.yaml"), source: path, defaultName: "test")
        }
        _ = try fixture.run(recipe, clock: schedule.clock, source: source)
        #expect(schedule.failures.isEmpty)
        let recipes: [String] = try fixture.values("SELECT recipe FROM live_versions ORDER BY version")
        let firsts: [Int] = try fixture.values("SELECT first_reading FROM live_versions ORDER BY version")
        try #require(recipes.count == 2)
        let (rows, kept) = (try fixture.rowsWithoutID(), firsts[1] - 1)
        let (before, after) = (
            try await fixture.batchWithoutID(recipes[0]), try await fixture.batchWithoutID(recipes[1])
        )
        #expect(before.count < rows.count && rows.count < after.count)
        #expect(rows.prefix(kept) == before.prefix(kept))
        #expect(rows.dropFirst(kept) == after.suffix(rows.count - kept))
        let instants = "SELECT count(DISTINCT timestamp) FROM sensor_data WHERE sensor_id = 'FAST_000001'"
        #expect(try fixture.values(instants) == [600])
    }

    @Test("knows each sensor's current reading, and the last ones of each")
    func current() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        let monitor = LiveMonitor(clock: clock)
        _ = try fixture.run(Self.recipe.replacing("omit", with: "stuck"), clock: clock, monitor: monitor)
        let readings = monitor.currentReadings()
        #expect(readings.map(\.sensor) == Array(0..<7))
        let query = "SELECT max(id) FROM sensor_data GROUP BY sensor_id ORDER BY 1"
        #expect(try fixture.values(query) == readings.map(\.number).sorted())
        #expect(monitor.status().askedReadingsPerSecond == 3 / 10.0 + 2 / 2.0 + 2 / 60.0)
        let last = monitor.readings(ofSensor: 5, last: 3)
        let times: [String] = try fixture.values(
            "SELECT timestamp FROM sensor_data WHERE sensor_id = 'SLOWER_000001' ORDER BY id DESC LIMIT 3"
        )
        #expect(last.map(\.time.text).reversed() == times)
        #expect(monitor.latestReadings(4).count == 4)
    }
}
