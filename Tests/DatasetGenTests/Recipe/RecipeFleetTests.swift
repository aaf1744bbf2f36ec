import DatasetGen
import Testing

@Suite("Fleets")
struct RecipeFleetTests {
    @Test("how sensors are called")
    func naming() throws {
        #expect(try readRecipe("").groups[0].naming == .derived)
        #expect(try readRecipe("sensor: {id: 7}").groups[0].naming == .fixed("7"))
        #expect(try readRecipe("replicas: {count: 1}").groups[0].naming == .numbered(prefix: "SENSOR", startIndex: 1))
        #expect(try readRecipe("replicas:").groups[0].naming == .derived)
        #expect(
            try readRecipe("replicas: {count: 3, prefix: X, start_index: 0}").groups[0].naming
                == .numbered(prefix: "X", startIndex: 0)
        )
    }

    @Test("groups without a prefix get distinct ones by their place")
    func prefixes() throws {
        let groups = try readRecipe(
            "fleet: [" + Array(repeating: "{count: 2}", count: 30).joined(separator: ", ") + "]"
        )
        .groups
        let prefixes = groups.map { group in
            if case .numbered(let prefix, _) = group.naming { prefix } else { "" }
        }
        #expect(Set(prefixes).count == 30)
        #expect(Array(prefixes.prefix(3)) == ["SENSOR", "SENSOR_B", "SENSOR_C"])
        #expect(Array(prefixes[25...27]) == ["SENSOR_Z", "SENSOR_AA", "SENSOR_AB"])
    }

    @Test("a group starts from the sensor and overrides it")
    func inheritance() throws {
        let groups = try readRecipe(
            """
            sensor:
              manufacturer: SensorTech
              device_info: {model: Base}
              location: {city: Oslo, country: NO}
            fleet:
              - {count: 2, model: Own}
              - {manufacturer: DataSense, location: Bergen}
              - {random_location: {number_of_cities: 3}, count: 6}
              - {timezone: Europe/Paris}
            """
        )
        .groups
        #expect(groups.map(\.model) == ["Own", "Base", "Base", "Base"])
        #expect(groups.map(\.manufacturer) == ["SensorTech", "DataSense", "SensorTech", "SensorTech"])
        #expect(groups[0].place?.country == "NO")
        #expect(groups[1].site == .named("Bergen"))
        guard case .randomCities(let cities) = groups[2].site else {
            Issue.record("no random cities")
            return
        }
        #expect(cities.cityCount == 3)
        #expect(groups[3].place?.name == "Oslo")
        #expect(groups[3].place?.timezone == "Europe/Paris")
    }

    @Test("cities come from a file, and filters may be turned off")
    func cities() throws {
        let site = try RecipeFixture.read("recipes/cities.yaml").recipe.groups[0].site
        guard case .randomCities(let cities) = site else {
            Issue.record("no random cities")
            return
        }
        #expect(cities.cities?.map(\.name) == ["Oslo", "Bergen", "Tromsø"])
        #expect(cities.cities?[2].latitude?.text == "69.6492")
        #expect(cities.cityCount == 2)
        let filters = "min_population: 5, include_countries: [NO], exclude_countries: [SE]"
        let by: (String) throws -> RandomCities? = { filter in
            let site = try readRecipe("random_location: {filter_by: \(filter), \(filters)}").groups[0].site
            return if case .randomCities(let cities) = site { cities } else { nil }
        }
        #expect(try by("all")?.minimumPopulation == 5)
        #expect(try by("country")?.minimumPopulation == nil)
        #expect(try by("country")?.includedCountries == ["NO"])
        #expect(try by("population")?.excludedCountries == [])
        #expect(try by("none")?.minimumPopulation == nil)
    }

    @Test("a location from the environment beats random cities; a group's own beats both, and a note says so")
    func environment() throws {
        let variable = ["SENSOR_LOCATION": "Oslo"]
        #expect(
            try readRecipe("random_location: {enabled: true}", environment: variable).groups[0].site == .named("Oslo")
        )
        let resolved = try RecipeReader(environment: variable)
            .read("fleet: [{location: Bergen}]", source: "recipe.yaml", defaultName: "recipe")
        #expect(resolved.recipe.groups[0].site == .named("Bergen"))
        #expect(
            resolved.notes == ["SENSOR_LOCATION has no effect: every group of the fleet has its own location"]
        )
    }
}
