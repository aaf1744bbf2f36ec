import DatasetGen
import DatasetLive
import Testing

@Suite("A live run of declared metrics") struct DeclaredMetricTests {
    private static let recipe = """
        dataset: {name: declared, seed: 3, start: 2026-05-01, duration: 30m}
        replicas: {count: 7}
        anomalies: {probability: 0.2}
        metrics:
          temperature: {}
          co2: {unit: ppm, resolution: 1, mean: 650, std_dev: 120, min: 400, noise: 8, distribution: lognormal}
          energy: {model: counter, unit: kWh, resolution: 0.001, rate: {mean: 40}}
          door: {model: state, states: {closed: 0.7, open: 0.2, "it's ajar": 0.1}, dwell: 30s}
          ratio: {resolution: 0.01, formula: 1 / (temperature - 20)}
        """

    @Test("writes what a batch run writes")
    func sameRows() async throws {
        let fixture = try LiveFixture()
        _ = try fixture.run(Self.recipe)
        let live = try fixture.readings()
        #expect(live.count == 12_600)
        #expect(try await fixture.batch(Self.recipe) == live)
        let query = "SELECT DISTINCT door FROM sensor_data WHERE door IS NOT NULL ORDER BY 1"
        let doors: [String] = try fixture.values(query)
        #expect(doors == ["closed", "it's ajar", "open"])
    }

    @Test("stores metrics that are called like words of SQL")
    func words() async throws {
        let fixture = try LiveFixture()
        let recipe = """
            dataset: {name: words, seed: 3, start: 2026-05-01, duration: 5m}
            replicas: {count: 2}
            anomalies: {probability: 0}
            metrics: {order: {mean: 1, std_dev: 0.1}, group: {mean: 2, std_dev: 0.1}, "null": {mean: 3, std_dev: 0.1}}
            """
        _ = try fixture.run(recipe)
        #expect(try await fixture.batch(recipe) == fixture.readings())
        #expect(try fixture.values("SELECT count(\"order\") + count(\"null\") FROM sensor_data") == [2 * 600])
    }

    @Test("has the healthy twin of each, states as texts")
    func twin() throws {
        let fixture = try LiveFixture()
        _ = try fixture.run(Self.recipe, "outputs.clean=true")
        let differences = ["co2", "energy", "door", "ratio"]
            .map { "sum(anomaly_type IS NULL AND \($0) IS NOT clean_\($0))" }
            .joined(separator: " + ")
        #expect(try fixture.values("SELECT \(differences) FROM sensor_data") == [0])
        let doors: [String] = try fixture.values("SELECT DISTINCT typeof(clean_door) FROM sensor_data")
        #expect(doors == ["text"])
    }

    @Test("knows each sensor's current reading, with its schema")
    func current() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        let monitor = LiveMonitor(clock: clock)
        #expect(monitor.currentReadings().isEmpty)
        #expect(monitor.status().measuringSensors == nil)
        _ = try fixture.run(Self.recipe, clock: clock, monitor: monitor)
        let schema = monitor.status().schema
        #expect(monitor.status().measuringSensors == [7, 7, 7, 7, 7])
        #expect(schema.metrics.map(\.name) == ["temperature", "co2", "energy", "door", "ratio"])
        let readings = monitor.currentReadings()
        #expect(readings.map(\.sensor) == Array(0..<7) && readings.allSatisfy { $0.schema == schema })
        let latest = monitor.latestReadings(7)
        #expect(readings.map(\.number) == latest.map(\.number) && readings.map(\.values) == latest.map(\.values))
        let query = "FROM sensor_data WHERE id > 12593 ORDER BY id"
        #expect(try fixture.values("SELECT co2 \(query)") == readings.map { $0.values[1] })
        let doors = readings.map { $0.values[3].map { schema.metrics[3].states[Int($0)] } }
        #expect(try fixture.values("SELECT door \(query)") == doors)
    }

    @Test("follows another description of the same columns, and refuses other columns")
    func reload() throws {
        let fixture = try LiveFixture()
        try fixture.write(Self.recipe, to: "recipe.yaml")
        let schedule = Schedule([
            (60, { try fixture.write(Self.recipe.replacing("mean: 650", with: "mean: 900"), to: "recipe.yaml") }),
            (120, { try fixture.write(Self.recipe.replacing("co2:", with: "dust:"), to: "recipe.yaml") }),
        ])
        let (clock, path) = (schedule.clock, fixture.folder + "/recipe.yaml")
        let monitor = LiveMonitor(clock: clock)
        let overrides = ["database.path=\(fixture.database)"]
        let source = LiveRecipeSource(path: path) {
            try RecipeReader(overrides: overrides.map { .set($0) })
                .read(try fixture.text("recipe.yaml"), source: path, defaultName: "test")
        }
        _ = try fixture.run(Self.recipe, clock: clock, monitor: monitor, source: source)
        #expect(schedule.failures.isEmpty)
        #expect(monitor.status().versions.count == 2)
        let refusal = "metrics or outputs.clean change the columns of the database: restart"
        #expect(monitor.status().reloadErrors == [refusal])
    }
}
