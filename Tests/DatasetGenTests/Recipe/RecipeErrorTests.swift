import DatasetGen
import Testing

@Suite("A recipe that is wrong")
struct RecipeErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var messages: [String]
        var testDescription: String { messages.first ?? text }

        init(_ text: String, _ messages: String...) {
            self.text = text
            self.messages = messages.map { "recipe.yaml:" + $0 }
        }
    }

    @Test(
        "is refused with every mistake and its place",
        arguments: values + keys + syntax + relations + fleets + models
    )
    func refusal(wrong: Case) {
        #expect(complaints(wrong.text) == wrong.messages)
    }

    static let values = [
        Case("anomalies:\n  probability: 1.7", "2:3: anomalies.probability: 1.7 is not between 0 and 1"),
        Case(
            "anomalies: {probability: .nan}",
            "1:13: anomalies.probability: expected a number from 0 to 1, found .nan"
        ),
        Case(
            "anomalies: {probability: -.inf}",
            "1:13: anomalies.probability: expected a number from 0 to 1, found -.inf"
        ),
        Case(
            "anomalies: {probability: \"0.5\"}",
            "1:13: anomalies.probability: expected a number from 0 to 1, found the text \"0.5\""
        ),
        Case(
            "anomalies:\n  probability:",
            "2:3: anomalies.probability: the value is missing; expected a number from 0 to 1"
        ),
        Case("anomalies: {enabled: maybe}", "1:13: anomalies.enabled: expected true or false, found maybe"),
        Case("anomalies: [spike]", "1:1: anomalies: expected a section, found a list"),
        Case(
            "anomalies: {probability: {}}",
            "1:13: anomalies.probability: expected a number from 0 to 1, found a section"
        ),
        Case("dataset: {seed: -1}", "1:11: dataset.seed: -1 is not between 0 and 18446744073709551615"),
        Case(
            "dataset: {seed: 18446744073709551616}",
            "1:11: dataset.seed: 18446744073709551616 is not between 0 and 18446744073709551615"
        ),
        Case(
            "dataset: {seed: 1.5}",
            "1:11: dataset.seed: expected a whole number from 0 to 18446744073709551615, found 1.5"
        ),
        Case(
            "dataset: {name: ../x}",
            "1:11: dataset.name: \"../x\" cannot name a folder; use up to 100 letters, digits, '.', '_' and '-', "
                + "no '.' or '-' first"
        ),
        Case(
            "dataset: {name: .hidden}",
            "1:11: dataset.name: \".hidden\" cannot name a folder; use up to 100 letters, digits, '.', '_' and '-', "
                + "no '.' or '-' first"
        ),
        Case(
            "dataset: {name: -rf}",
            "1:11: dataset.name: \"-rf\" cannot name a folder; use up to 100 letters, digits, '.', '_' and '-', "
                + "no '.' or '-' first"
        ),
        Case(
            "dataset: {name: x.partial}",
            "1:11: dataset.name: \"x.partial\" ends in .partial, as unfinished datasets do"
        ),
        Case(
            "dataset: {start: 2025-02-29}",
            "1:11: dataset.start: expected a time such as 2025-01-31T12:00:00Z, from 1900 to 2199, found 2025-02-29"
        ),
        Case(
            "dataset: {duration: 5 parsecs}",
            "1:11: dataset.duration: expected a duration such as 90s, 15m or 1d12h, or a number of seconds, "
                + "found 5 parsecs"
        ),
        Case(
            "dataset: {duration: 0}",
            "1:11: dataset.duration: expected a duration such as 90s, 15m or 1d12h, or a number of seconds, found 0"
        ),
        Case(
            "dataset: {order: tmie}",
            "1:11: dataset.order: expected one of time, sensor, found tmie; did you mean time?"
        ),
        Case(
            "simulation: {readings_per_second: 2000}",
            "1:14: simulation.readings_per_second: 2000 is not in the range one reading a day to 1000 readings a "
                + "second"
        ),
        Case("simulation: {interval: 2d}", "1:14: simulation.interval: 2d is not in the range 1ms to 1d"),
        Case("simulation: {interval: 0.0001}", "1:14: simulation.interval: 0.0001 is not in the range 1ms to 1d"),
        Case(
            "simulation: {readings_per_second: 0}",
            "1:14: simulation.readings_per_second: expected a positive number of readings per second, found 0"
        ),
        Case(
            "simulation: {readings_per_second: 3.14159265359}",
            "1:14: simulation.readings_per_second: 3.14159265359 has too many digits to be kept exactly"
        ),
        Case("simulation: {batch_size: 0}", "1:14: simulation.batch_size: 0 is not between 1 and 1000000"),
        Case("monitoring: {port: 80800}", "1:14: monitoring.port: 80800 is not between 1 and 65535"),
        Case(
            "logging: {level: INF}",
            "1:11: logging.level: expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL, found INF; did you mean INFO?"
        ),
        Case(
            "database: {busy_timeout: soon}",
            "1:12: database.busy_timeout: expected a whole number from 0 to 3600000, found soon"
        ),
        Case(
            "sensor: {firmware_version: latest}",
            "1:10: sensor.firmware_version: expected a version such as 1.4 or 3.0.0-beta.1, found latest"
        ),
        Case(
            "sensor: {installation_date: 24.3.2025}",
            "1:10: sensor.installation_date: expected a day such as 2025-03-24, found 24.3.2025"
        ),
        Case("sensor: {orientation_degrees: 361}", "1:10: sensor.orientation_degrees: 361 is not between 0 and 360"),
        Case(
            "sensor: {manufacturer: \"a\\nb\"}",
            "1:10: sensor.manufacturer: the text has a control character or a line break"
        ),
        Case(
            "sensor: {location: Oslo, timezone: 7 o'clock}",
            "1:26: sensor.timezone: expected an IANA time zone such as America/Denver, found 7 o'clock"
        ),
        Case("outputs: []", "1:1: outputs: no output is on; expected at least one of sqlite, csv, jsonl"),
        Case("outputs: {csv: false}", "1:1: outputs: no output is on; expected at least one of sqlite, csv, jsonl"),
        Case(
            "outputs: [csv, cvs]",
            "1:16: outputs.1: expected one of sqlite, csv, jsonl, found cvs; did you mean csv?"
        ),
        Case("outputs: {sqlite: {page_size: 1000}}", "1:20: outputs.sqlite.page_size: 1000 is not a power of two"),
        Case("outputs: {csv: {level: 10}}", "1:17: outputs.csv.level: 10 is not between 1 and 9, the levels of gzip"),
        Case(
            "normal_parameters: {humidity: {mean: 120}}",
            "1:32: normal_parameters.humidity.mean: 120 is not between 0 and 100"
        ),
        Case(
            "normal_parameters: {humidity: {resolution: 0.0000001}}",
            "1:32: normal_parameters.humidity.resolution: expected a step such as 0.01 or 0.0625: positive, "
                + "at most 100, at most six decimals, found 0.0000001"
        ),
    ]

    static let keys = [
        Case("anomalies: {probabilty: 0.1}", "1:13: anomalies.probabilty: unknown key; did you mean probability?"),
        Case("simulations: {}", "1:1: simulations: unknown key; did you mean simulation?"),
        Case("probability: 0.1", "1:1: probability: unknown key here; did you mean anomalies.probability?"),
        Case("replicas: {colour: red}", "1:12: replicas.colour: unknown key; known here: count, prefix, start_index"),
        Case(
            "anomalies: {types: {spike: {rate_change: 0.5}}}",
            "1:29: anomalies.types.spike.rate_change: concerns trend only, not spike"
        ),
        Case(
            "anomalies: {types: {trend: {rows: omit}}}",
            "1:29: anomalies.types.trend.rows: concerns missing_data only, not trend"
        ),
        Case("outputs: {sqlite: {level: 3}}", "1:20: outputs.sqlite.level: concerns csv and jsonl only, not sqlite"),
        Case("anomalies: {phases: [{at: 1h}]}", "1:22: anomalies.phases.0: the key probability is missing"),
        Case(
            "dataset: {seed: 1}\nsensor: {}\ndataset: {seed: 2}\nseed: 3\n\"seed\": 4",
            "3:1: dataset: the key is repeated; it stands at recipe.yaml:1:1 first",
            "4:1: seed: unknown key here; did you mean dataset.seed?",
            "5:1: seed: the key is repeated; it stands at recipe.yaml:4:1 first"
        ),
    ]

    static let syntax = [
        Case(
            "a: [1, 2\nb: 3",
            "2:2: this is not YAML: while parsing a flow sequence at line 1: did not find expected ',' or ']'"
        ),
        Case(
            "\ta: 1",
            "1:1: this is not YAML: the line begins with a tab; YAML is indented by spaces"
        ),
        Case("just text", "1:1: expected a section, found just text"),
        Case("sensor: {id: a\u{1}b}", "1:15: this is not YAML: control characters are not allowed"),
        Case("sensor: {id: !secret x}", "1:10: sensor.id: the tag !secret has no meaning in a recipe"),
        Case("? [a]\n: 1", "1:3: a key must be text"),
        Case("sensor: *base", "1:9: this is not YAML: found undefined alias"),
        Case(String(repeating: "[", count: 100_000), "1:1: values are nested too deeply"),
        Case(
            "a: &a 1\nsensor: {<<: *a}",
            "1:1: a: unknown key; \(topLevelKeys)",
            "2:10: sensor: << expects a section or a list of sections, found 1"
        ),
        Case("outputs: [{csv: {}, jsonl: {}}]", "1:11: outputs.0: expected one format, found 2 keys"),
        Case("outputs: {cvs: {}}", "1:11: outputs.cvs: unknown format; did you mean csv?"),
        Case("sensor: {id: A, sensor_id: B}", "1:17: sensor.sensor_id: cannot be given together with id"),
        Case("sensor: {type: a, sensor_type: b}", "1:19: sensor.sensor_type: cannot be given together with type"),
        Case("outputs: {parquet: {}}", "1:11: outputs.parquet: unknown format; known: sqlite, csv, jsonl, clean"),
        Case("outputs: csv", "1:1: outputs: expected a list or a section of sqlite, csv, jsonl and clean, found csv"),
        Case(
            "a: 1\n---\nb: 2",
            "2:1: this is not YAML: expected a single document in the stream at line 1: but found another document"
        ),
    ]

    static let relations = [
        Case(
            "dataset:\n  start: 2025-01-02\n  end: 2025-01-01",
            "3:3: dataset.end: 2025-01-01T00:00:00Z is not after the start, 2025-01-02T00:00:00Z"
        ),
        Case("dataset: {end: 2025-01-02, duration: 1h}", "1:28: dataset.duration: cannot be given together with end"),
        Case(
            "dataset: {start: 2199-12-31, duration: 2d}",
            "1:30: dataset.duration: the simulated time goes beyond the year 2199"
        ),
        Case(
            "simulation:\n  interval: 5s\n  readings_per_second: 1",
            "3:3: simulation.readings_per_second: cannot be given together with interval"
        ),
        Case(
            "normal_parameters: {temperature: {mean: 40}, humidity: {min: 80, max: 60}}",
            "1:57: normal_parameters.humidity.min: min 80 is not below max 60"
        ),
        Case(
            "normal_parameters: {temperature: {mean: 40, max: 30}}",
            "1:35: normal_parameters.temperature.mean: mean 40 is not below max 30"
        ),
        Case(
            "normal_parameters: {voltage: {min: 12}}",
            "1:31: normal_parameters.voltage.min: mean 12 is not above min 12"
        ),
        Case(
            "normal_parameters: {voltage: {resolution: 1.5}}",
            "1:31: normal_parameters.voltage.resolution: only 1 multiples of the resolution 1.5 lie between min 11 "
                + "and max 13; at least 3 are needed"
        ),
        Case(
            "normal_parameters: {pressure: {resolution: 0.000001}}",
            "1:32: normal_parameters.pressure.resolution: 0.000001 is too fine for pressure: readings up to 20000 hPa "
                + "are counted in 32 bits"
        ),
        Case(
            "anomalies: {types: {spike: {enabled: false}}}",
            "1:13: anomalies.types: no type is enabled; enable one, or set anomalies.enabled to false"
        ),
        Case(
            "anomalies: {phases: [{at: 2h, probability: 0}, {at: 1h, probability: 1}]}",
            "1:49: anomalies.phases.1.at: the offsets of phases must rise"
        ),
        Case(
            "simulation: {interval: 4s}\nanomalies: {types: {pattern: {frequency: 0.2}}}",
            "2:31: anomalies.types.pattern.frequency: 0.2 Hz is more than half the readings per second; at most 0.125 "
                + "Hz can be seen"
        ),
        Case(
            "outputs: {csv: {compression: none, level: 3}}",
            "1:36: outputs.csv.level: a file that is not compressed has no level"
        ),
        Case(
            "outputs:\n  csv: {level: 10}",
            "2:9: outputs.csv.level: 10 is not between 1 and 9, the levels of gzip"
        ),
        Case(
            "outputs:\n  jsonl: {level: 20, compression: zstd}",
            "2:11: outputs.jsonl.level: 20 is not between 1 and 19, the levels of zstd"
        ),
        Case(
            "outputs: [csv: {compression: zstd, level: 0}]",
            "1:36: outputs.0.csv.level: 0 is not between 1 and 19, the levels of zstd"
        ),
        Case(
            "outputs: {csv: {compression: zstd, level: 1.5}}",
            "1:36: outputs.csv.level: expected a whole number from 1 to 9 with gzip, from 1 to 19 with zstd, found 1.5"
        ),
        Case(
            "simulation: {interval: 1500ms}\noutputs: {csv: {timestamps: epoch_s}}",
            "2:17: outputs.csv.timestamps: epoch_s is coarser than the readings' times: start and interval must be "
                + "whole seconds"
        ),
        Case("outputs: [csv, {csv: {}}]", "1:17: outputs.1.csv: csv is listed twice"),
        Case(
            "dataset: {duration: 36500d}\nreplicas: {count: 10000000}\nsimulation: {interval: 1ms}",
            "1:1: dataset: 10,000,000 sensors with 3,153,600,000,000 readings each are more than 2^53 readings"
        ),
    ]

    static let fleets = [
        Case(
            "sensor: {id: A}\nreplicas: {count: 2}",
            "1:10: sensor.id: 2 sensors cannot have one id; use replicas.prefix"
        ),
        Case(
            "sensor: {id: A}\nreplicas: {prefix: B}",
            "2:12: replicas.prefix: cannot be given together with sensor.id"
        ),
        Case("fleet: [{count: 2, id: A}]", "1:20: fleet.0.id: 2 sensors cannot have one id; use prefix"),
        Case("fleet: []", "1:1: fleet: the list is empty; expected groups"),
        Case("fleet: [null]", "1:9: fleet.0: the value is missing; expected a section"),
        Case("fleet: [{count: 0}]", "1:10: fleet.0.count: 0 is not between 1 and 10000000"),
        Case("fleet: [{}]\nreplicas: {count: 2}", "2:1: replicas: cannot be given together with fleet"),
        Case(
            "random_location: {include_countries: [NO" + String(repeating: ",NO", count: 1_000) + "]}",
            "1:19: random_location.include_countries: the list has 1,001 countries; at most 1,000 are possible"
        ),
        Case(
            "random_location: {cities: [{}" + String(repeating: ",{}", count: 50_000) + "]}",
            "1:19: random_location.cities: the list has 50,001 cities; at most 50,000 are possible"
        ),
        Case(
            "fleet: [{}" + String(repeating: ",{}", count: 10_000) + "]",
            "1:1: fleet: the list has 10,001 groups; at most 10,000 are possible"
        ),
        Case(
            "fleet: [{count: 9000000}, {count: 9000000}]",
            "1:1: fleet: the groups have 18,000,000 sensors together; at most 10,000,000 are possible"
        ),
        Case(
            "fleet: [{count: 5, prefix: A}, {prefix: A, start_index: 5}]",
            "1:33: fleet.1.prefix: the ids of this group and of fleet.0 overlap; give it another prefix or start_index"
        ),
        Case(
            "fleet: [{count: 5}, {id: SENSOR_000003}]",
            "1:21: fleet.1: the ids of this group and of fleet.0 overlap; give it another prefix or start_index"
        ),
        Case(
            "sensor: {latitude: 91, longitude: 0, location: X}",
            "1:10: sensor.latitude: 91 is not between -90 and 90"
        ),
        Case("sensor: {latitude: 9, location: X}", "1:10: sensor.latitude: needs a longitude too"),
        Case(
            "sensor: {timezone: Europe/Oslo}",
            "1:10: sensor.timezone: says nothing without the name of a location"
        ),
        Case(
            "sensor: {location: Oslo}\nrandom_location: {enabled: true}",
            "2:1: random_location: cannot be given together with sensor.location"
        ),
        Case(
            "fleet: [{location: Oslo, random_location: {}}]",
            "1:26: fleet.0.random_location: cannot be given together with fleet.0.location"
        ),
        Case(
            "random_location: {min_population: 5, max_population: 4}",
            "1:19: random_location.min_population: 5 is more than max_population, 4"
        ),
        Case(
            "random_location: {number_of_cities: 1, city_count: 2}",
            "1:40: random_location.city_count: cannot be given together with number_of_cities"
        ),
        Case("random_location: {cities: [{country: NO}]}", "1:28: random_location.cities.0: a city needs a name"),
    ]

    @Test("an alias bomb is stopped")
    func aliasBomb() {
        let lines = ["a0: &a0 [x, x]"] + (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        let messages = complaints(lines.joined(separator: "\n"))
        #expect(messages.count == 1)
        #expect(messages.first?.hasSuffix("the document has over 1,000,000 values") == true)
    }

    @Test("a file that is not text is refused at its first wrong byte")
    func encoding() {
        #expect(throws: RecipeErrors.self) {
            try RecipeReader()
                .read(
                    bytes: Array("a: b\n".utf8) + [0x20, 0xFF],
                    source: "recipe.yaml",
                    defaultName: "recipe"
                )
        }
        do {
            _ = try RecipeReader().read(bytes: [0x61, 0x0A, 0xC3], source: "x.yaml", defaultName: "x")
        } catch {
            #expect(error.description == "x.yaml:2:1: the file is not UTF-8 text")
        }
    }

    @Test("a message is one line, whatever the recipe holds")
    func oneLine() {
        #expect(
            complaints("\"a\\nb\": 1\nlogging: {level: \"a\\nb\"}") == [
                "recipe.yaml:1:1: a\\nb: unknown key; \(topLevelKeys)",
                "recipe.yaml:2:11: logging.level: expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL, "
                    + "found the text \"a\\nb\"",
            ]
        )
    }

    @Test("five thousand groups are compared in no time", .timeLimit(.minutes(10)))
    func manyGroups() throws {
        let lines = (0..<5_000).map { "  - {id: SENSOR_\($0 + 100_000)}" }
        #expect(try readRecipe("fleet:\n" + lines.joined(separator: "\n")).sensorCount == 5_000)
        #expect(complaints("fleet:\n" + (lines + [lines[7]]).joined(separator: "\n")).count == 1)
    }

    @Test("a file beyond all measure is refused before it is read")
    func size() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: 16 << 20 | 1)
        #expect(throws: RecipeErrors.self) {
            try RecipeReader().read(bytes: bytes, source: "recipe.yaml", defaultName: "recipe")
        }
    }

    @Test("a file's stem that cannot name a dataset is refused")
    func stem() {
        #expect(throws: RecipeErrors.self) {
            try RecipeReader().read("", source: "my recipe.yaml", defaultName: "my recipe")
        }
        #expect(throws: Never.self) {
            try RecipeReader().read("dataset: {name: x}", source: "my recipe.yaml", defaultName: "my recipe")
        }
    }
}
