import DatasetGen
import Testing

@Suite("The reference's own files")
struct ReferenceFileTests {
    private static let configurations = ["recipes/reference-example.yaml", "recipes/reference-config.yaml"]

    @Test("its configurations are read as they are; what means nothing here is noted in one line")
    func configurations() throws {
        let example = try RecipeFixture.read(Self.configurations[0])
        #expect(example.recipe.grid.tickCount == 1_800)
        #expect(example.recipe.normal[Metric.pressure.rawValue].mean == 1_009)
        #expect(
            example.notes == [
                "the reference's keys normal_parameters.vibration, advanced mean nothing here and are passed over"
            ]
        )
        let configuration = try RecipeFixture.read(Self.configurations[1])
        #expect(
            configuration.notes == [
                "the reference's keys normal_parameters.vibration, random_location.cities.abbreviation, "
                    + "random_location.cities.is_capital, random_location.cities.weather, "
                    + "random_location.cities.air_quality, random_location.cities.population_data mean nothing here and "
                    + "are passed over",
                "normal_parameters.pressure.mean is in hPa; 9 looks like bar, which is 9000 hPa",
            ]
        )
    }

    @Test("full_name names a city of a list")
    func cities() throws {
        let recipe = try RecipeFixture.read(Self.configurations[1]).recipe
        let fleet = try Fleet(recipe)
        #expect(["Tromsø", "Reykjavik"].contains(fleet.sensors[0].place.name))
        guard case .randomCities(let cities) = fleet.resolvedRecipe.groups[0].site else {
            Issue.record("no random cities")
            return
        }
        #expect(Set(cities.cities?.map(\.name) ?? []) == ["Tromsø", "Reykjavik"])
        #expect(
            complaints("random_location: {cities: [{name: A, full_name: B}]}")
                == ["recipe.yaml:1:38: random_location.cities.0.full_name: cannot be given together with name"]
        )
    }

    @Test("a generated identity goes with each of them: it says what the sensor is called and where it is")
    func identity() throws {
        for name in Self.configurations {
            let resolved = try RecipeFixture.read(name, overrides: [.identity("reference/identity-generated.json")])
            let group = resolved.recipe.groups[0]
            #expect(group.naming == .fixed("SENSOR_NO_TRD_0007"))
            guard case .place(let place) = group.site else {
                Issue.record("no place")
                return
            }
            #expect(place.name == "Trondheim")
            #expect(group.instanceID == "i-0123456789abcdef")
            #expect(group.sensorType == "environmental_monitoring")
            #expect(resolved.notes.contains { $0.contains("identity.metadata.generation_seed") })
            let isSpread = name == Self.configurations[1]
            #expect(
                resolved.notes.contains(
                    "identity.location.city says where the sensor is: random_location does not count"
                )
                    == isSpread
            )
            #expect(
                resolved.notes.contains(
                    "identity.sensor_id names the one sensor: replicas.prefix does not count"
                ) != isSpread
            )
        }
    }

    @Test("null in an identity's file is nothing known, nothing at all is a value forgotten")
    func nulls() throws {
        let files = [
            "null.json": #"{"sensor_id": "A", "location": {"city": "Oslo", "state": null}, "device_info": null}"#,
            "forgotten.yaml": "sensor_id: A\nlocation:\n  city: Oslo\n  state:\n",
        ]
        let reader = RecipeReader { Array((files[$0] ?? "").utf8) }
        let known = try reader.read("identity: null.json", source: "recipe.yaml", defaultName: "r").recipe
        #expect(known.groups[0].naming == .fixed("A"))
        let error = #expect(throws: RecipeErrors.self) {
            try reader.read("identity: forgotten.yaml", source: "recipe.yaml", defaultName: "r")
        }
        #expect(error?.diagnostics.map(\.keyPath) == ["identity.location.state"])
    }

    @Test("a pressure in pascals is refused with its value in hPa")
    func pascals() {
        #expect(
            complaints("normal_parameters: {pressure: {mean: 98700, min: 94000}}")
                == [
                    "recipe.yaml:1:32: normal_parameters.pressure.mean: 98700 is not between 0 and 20000 in hPa; 98700 looks like Pa, "
                        + "which is 987 hPa",
                    "recipe.yaml:1:45: normal_parameters.pressure.min: 94000 is not between 0 and 20000 in hPa; 94000 looks like Pa, "
                        + "which is 940 hPa",
                ]
        )
        // What is no pressure of any air in any unit gets no guess.
        #expect(
            complaints("normal_parameters: {pressure: {mean: 98700000}}")
                == ["recipe.yaml:1:32: normal_parameters.pressure.mean: 98700000 is not between 0 and 20000"]
        )
    }

    @Test("a list of cities that is turned off is not looked for")
    func citiesOff() throws {
        let off = "random_location: {enabled: false, cities_file: nowhere.json}"
        #expect(throws: Never.self) { try RecipeReader().read(off, source: "r.yaml", defaultName: "r") }
        #expect(throws: RecipeErrors.self) {
            try RecipeReader().read("random_location: {cities_file: nowhere.json}", source: "r.yaml", defaultName: "r")
        }
    }
}
