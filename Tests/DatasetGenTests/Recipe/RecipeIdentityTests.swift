import DatasetGen
import Testing

@Suite("Identities")
struct RecipeIdentityTests {
    @Test("the legacy form")
    func legacy() throws {
        let text =
            "identity: " + String(decoding: try RecipeFixture.bytes("reference/identity-legacy.json"), as: UTF8.self)
        let sensor = try readRecipe(text).groups[0]
        #expect(sensor.naming == .fixed("SENSOR_NY_001"))
        #expect(sensor.firmwareVersion.text == "1.2.0")
        let place = try #require(sensor.place)
        #expect(place.name == "New York")
        #expect(place.latitude?.text == "40.7128")
        #expect(place.longitude?.text == "-74.006")
        #expect(place.timezone == "America/New_York")
    }

    @Test("the enhanced form, from a file beside the recipe; it beats the sensor, which fills in what it lacks")
    func enhanced() throws {
        let sensor = try RecipeFixture.read("identity-file.yaml").recipe.groups[0]
        #expect(sensor.naming == .fixed("SENSOR_CO_DEN_001"))
        #expect(sensor.manufacturer == "DataLogger")
        #expect(sensor.serialNumber == "DL-578463")
        #expect(sensor.deploymentType == "mobile_unit")
        #expect(sensor.installationDate == "2025-03-24")
        #expect(sensor.heightMeters?.text == "8.3")
        #expect(sensor.orientationDegrees?.text == "12")
        #expect(sensor.place?.region == "CO")
    }

    @Test("environment beats identity beats sensor")
    func precedence() throws {
        let text =
            "identity: {id: I, location: Denver, latitude: 39.7, longitude: -105}\nsensor: {id: S, location: Oslo}"
        #expect(try readRecipe(text).groups[0].naming == .fixed("I"))
        let renamed = try readRecipe(text, environment: ["SENSOR_ID": "E", "SENSOR_LOCATION": "Bergen"])
        #expect(renamed.groups[0].naming == .fixed("E"))
        // The coordinates are those of Denver, and do not move to Bergen.
        #expect(renamed.groups[0].site == .named("Bergen"))
        let chosen = try readRecipe(text, environment: ["SENSOR_ID": "E"], overrides: [.set("sensor.id=O")])
        #expect(chosen.groups[0].naming == .fixed("O"))
    }

    @Test("a nested key beats a flat one, a city an address")
    func nested() throws {
        let sensor = try readRecipe(
            """
            identity:
              sensor_id: X
              manufacturer: Flat
              model: Flat
              address: Flat Street 1
              latitude: 1
              longitude: 1
              location:
                address: Main Street 1
                coordinates: {latitude: 2, longitude: 2}
              device_info: {manufacturer: Nested}
            """
        )
        .groups[0]
        #expect(sensor.manufacturer == "Nested")
        #expect(sensor.model == "Flat")
        #expect(sensor.place?.name == "Main Street 1")
        #expect(sensor.place?.latitude?.text == "2")
        #expect(
            try readRecipe("sensor: {city: Oslo, location: {address: X, country: NO}}").groups[0].place?.name == "Oslo"
        )
    }

    @Test("an error inside the file names the file with line and column")
    func errors() {
        let files = ["conf/id.json": "{\n  \"id\": \"A\",\n  \"latitud\": 1\n}", "bad.json": "{\"id\": [}"]
        let reader = RecipeReader { Array((files[$0] ?? "").utf8) }
        do {
            _ = try reader.read("identity: id.json\nsensr: 1", source: "recipe.yaml", defaultName: "r", folder: "conf")
        } catch {
            #expect(
                error.diagnostics.map(\.description) == [
                    "conf/id.json:3:3: identity.latitud: unknown key; did you mean latitude?",
                    "recipe.yaml:2:1: sensr: unknown key; did you mean sensor?",
                ]
            )
        }
        #expect(
            complaints("identity: bad.json", files: files).first?.hasPrefix("bad.json:1:9: this is not YAML:") == true
        )
    }

    @Test("a file that is missing is told apart from one that is wrong")
    func missing() {
        #expect(
            complaints("identity: no.json") == [
                "recipe.yaml:1:1: identity: cannot read no.json: no such file; a path in a recipe is relative to the "
                    + "recipe's folder, one in --set identity=FILE to this one"
            ]
        )
        #expect(
            complaints("", environment: ["IDENTITY_FILE": "no.json"])
                == ["IDENTITY_FILE: identity: cannot read no.json: no such file"]
        )
        #expect(
            complaints("", overrides: [.identity("no.json")])
                == ["--identity: identity: cannot read no.json: no such file"]
        )
        do {
            _ = try RecipeReader().read("identity: no.json", source: "recipe.yaml", defaultName: "recipe")
        } catch {
            #expect(error.isMissingInput)
        }
        do {
            _ = try RecipeReader().read("identity: no.json\nx: 1", source: "recipe.yaml", defaultName: "recipe")
        } catch {
            #expect(!error.isMissingInput)
        }
    }
}

extension FleetGroup {
    /// The place that the recipe gives.
    var place: Place? { if case .place(let place) = site { place } else { nil } }
}
