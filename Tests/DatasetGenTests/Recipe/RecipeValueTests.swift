import DatasetGen
import Testing

@Suite("Values of keys")
struct RecipeValueTests {
    @Test("bounds follow the mean and the deviation, within what nature allows")
    func bounds() throws {
        let normal = try readRecipe(
            """
            normal_parameters:
              temperature: {mean: 100}
              humidity: {mean: 90, std_dev: 5}
              pressure: {std_dev: 20, min: 900}
            """
        )
        .normal
        #expect([normal[0].minimum, normal[0].maximum] == [92, 108])
        #expect([normal[1].minimum, normal[1].maximum] == [70, 100])
        #expect([normal[2].minimum, normal[2].maximum] == [900, 1_093])
        #expect([normal[3].minimum, normal[3].maximum] == [11, 13])
        #expect(normal.allSatisfy { $0.resolution == nil })
    }

    @Test("rates and intervals are exact")
    func intervals() throws {
        #expect(try readRecipe("simulation: {readings_per_second: 3}").grid.interval.text == "1/3s")
        #expect(try readRecipe("simulation: {readings_per_second: 1E-3}").grid.interval.text == "16m40s")
        #expect(try readRecipe("simulation: {readings_per_second: +.5}").grid.interval.text == "2s")
        #expect(try readRecipe("simulation: {interval: 0.25}").grid.interval.text == "250ms")
        #expect(try readRecipe("simulation: {interval: 1d}").grid.interval.text == "1d")
    }

    @Test("durations are text or seconds")
    func durations() throws {
        for (text, ticks) in [("1m30s", 90), ("90", 90), ("\"90\"", 90), ("9e1", 90), ("1.5m", 90), ("1w", 604_800)] {
            #expect(try readRecipe("dataset: {duration: \(text)}").grid.tickCount == Int64(ticks))
        }
        #expect(try readRecipe("simulation: {run_time_seconds: 0.5, interval: 100ms}").grid.tickCount == 5)
    }

    @Test("seeds have 64 bits")
    func seeds() throws {
        #expect(try readRecipe("dataset: {seed: 18446744073709551615}").seed == .max)
        #expect(try readRecipe("", overrides: [.seed("18446744073709551615")]).seed == .max)
    }

    @Test("text stays as it is written")
    func text() throws {
        let sensor = try readRecipe(
            "sensor: {firmware_version: 1.10, model: 007, manufacturer: no, serial_number: 1e3}"
        )
        .groups[0]
        #expect(sensor.firmwareVersion.text == "1.10")
        #expect(sensor.model == "007")
        #expect(sensor.manufacturer == "no")
        #expect(sensor.serialNumber == "1e3")
    }

    @Test("outputs are a list or a map")
    func outputs() throws {
        #expect(try readRecipe("outputs: [jsonl, csv]").outputs.map(\.format) == [.csv, .jsonl])
        #expect(try readRecipe("outputs: {csv: , sqlite: false, jsonl: true}").outputs.map(\.format) == [.csv, .jsonl])
        let output = try readRecipe("outputs: [csv: {compression: none, timestamps: epoch_ms}]").outputs[0]
        #expect(output.compression == .none)
        #expect(try readRecipe("outputs: {csv: {compression: zstd}}").outputs[0].compression == .zstd(level: 1))
        #expect(
            try readRecipe("outputs: {csv: {level: 19, compression: zstd}}").outputs[0].compression == .zstd(level: 19)
        )
        #expect(output.timestamps == .epochMilliseconds)
        #expect(try readRecipe("outputs: {sqlite: {page_size: 65536}}").outputs[0].pageSize == 65_536)
    }

    @Test("modes of missing data: null is another word for blank")
    func modes() throws {
        let modes: (String) throws -> [MissingMode] = { text in
            try readRecipe("anomalies: {types: {missing_data: {\(text)}}}").anomalies.types[0].missingModes
        }
        #expect(try modes("") == [.blank])
        #expect(try modes("rows: omit") == [.omit])
        #expect(try modes("rows: blank") == [.blank])
        #expect(try modes("rows: null") == [.blank])
        #expect(try modes("rows: \"null\"") == [.blank])
        #expect(try modes("modes: [~, omit]") == [.blank, .omit])
    }

    @Test("anchors, merge keys and the words of YAML 1.1")
    func yaml() throws {
        let groups = try RecipeFixture.read("recipes/anchors.yaml").recipe.groups
        #expect(groups.map(\.count) == [2, 2])
        #expect(groups.map(\.manufacturer) == ["SensorTech", "SensorTech"])
        #expect(groups.map(\.firmwareVersion.text) == ["2", "2.1"])
        #expect(try readRecipe("anomalies: {enabled: off}").anomalies.isEnabled == false)
    }

    @Test("a byte order mark and the line ends of other systems do no harm")
    func lineEnds() throws {
        #expect(try readRecipe("\u{FEFF}dataset:\r\n  seed: 5\r\n").seed == 5)
        #expect(try readRecipe("dataset:\r  seed: 5\r").seed == 5)
        #expect(
            complaints("dataset:\r\n  seed: x\r\n")
                == [
                    "recipe.yaml:2:3: dataset.seed: expected a whole number from 0 to 18446744073709551615, found x"
                ]
        )
    }

    @Test("a section of which all is commented out is as if it were not there")
    func commentedOut() throws {
        #expect(
            try RecipeFixture.read("recipes/commented-out.yaml").recipe
                == RecipeFixture.read("recipes/empty.yaml").recipe
        )
    }

    @Test("healthy twins have no anomalies, whatever the types")
    func disabled() throws {
        let anomalies = try readRecipe("anomalies: {enabled: false, types: {}}").anomalies
        #expect(!anomalies.isEnabled)
        #expect(anomalies.types.isEmpty)
    }
}
