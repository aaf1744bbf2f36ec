import DatasetGen
import Testing

@Suite("The reference's snippets")
struct ReferenceRecipeTests {
    @Test("are valid as they stand", arguments: RecipeFixture.reference.filter { $0.hasSuffix(".yaml") })
    func validity(name: String) throws {
        #expect(throws: Never.self) { try RecipeFixture.read(name) }
    }

    @Test("an empty recipe generates one sensor for one hour")
    func empty() throws {
        let resolved = try RecipeFixture.read("recipes/empty.yaml")
        let recipe = resolved.recipe
        #expect(recipe.name == "fixture")
        #expect(recipe.seed == 0)
        #expect(recipe.grid.start.zonedText == "2025-01-01T00:00:00Z")
        #expect(recipe.grid.tickCount == 3_600)
        #expect(recipe.readingCount == 3_600)
        #expect(recipe.order == .time)
        #expect(recipe.groups.map(\.naming) == [.derived])
        #expect(recipe.groups.map(\.site) == [.anyCity])
        #expect(recipe.outputs.map(\.format) == [.sqlite, .csv, .jsonl])
        #expect(recipe.outputs.map(\.compression) == [.none, .gzip(level: 1), .gzip(level: 1)])
        #expect(recipe.anomalies.probability == 0.05)
        #expect(recipe.anomalies.types.map(\.type) == AnomalyType.allCases)
        #expect(recipe.live == LiveParameters())
        #expect(resolved.notes.isEmpty)
        #expect(resolved.liveOnlyKeys.isEmpty)
    }

    @Test("the sample configuration says what it says")
    func sample() throws {
        let resolved = try RecipeFixture.read("reference/sample-config.yaml")
        let recipe = resolved.recipe
        let sensor = try #require(recipe.groups.first)
        #expect(sensor.site == .named("San Francisco"))
        #expect(sensor.manufacturer == "SensorTech")
        #expect(sensor.model == "EnvMonitor-3000")
        #expect(sensor.firmwareVersion.text == "1.4")
        #expect(recipe.grid.tickCount == 3_600)
        #expect(recipe.normal[Metric.pressure.rawValue].maximum == 1_040)
        #expect(recipe.anomalies.types.map(\.weight) == [0.4, 0.2, 0.1, 0.1, 0.2])
        #expect(
            recipe.anomalies.types.map { $0.duration?.lowerBound }
                == [nil, 300_000_000, 600_000_000, 30_000_000, 180_000_000]
        )
        #expect(recipe.live.database.path == "data/sensor_data.db")
        #expect(recipe.live.logging.level == .info)
        #expect(recipe.live.monitoring.port == 8_080)
        #expect(resolved.liveOnlyKeys == ["database", "logging", "monitoring"])
    }

    @Test("only listed types of anomalies occur")
    func listedTypes() throws {
        let anomalies = try RecipeFixture.read("reference/chaos-test.yaml").recipe.anomalies
        #expect(anomalies.probability == 0.2)
        #expect(anomalies.types.map(\.type) == [.spike, .trend])
        #expect(anomalies.types.map(\.weight) == [0.5, 0.3])
    }

    @Test("replicas and random cities")
    func fleets() throws {
        let load = try RecipeFixture.read("reference/load-test.yaml").recipe
        #expect(load.sensorCount == 100)
        #expect(load.groups[0].naming == .numbered(prefix: "LOAD", startIndex: 1))
        #expect(load.grid.interval.text == "100ms")
        let global = try RecipeFixture.read("reference/multi-location.yaml").recipe
        guard case .randomCities(let cities) = global.groups[0].site else {
            Issue.record("no random cities")
            return
        }
        #expect(cities.cityCount == 20)
        #expect(cities.gpsVariation == 500)
        #expect(cities.cities == nil)
    }
}
