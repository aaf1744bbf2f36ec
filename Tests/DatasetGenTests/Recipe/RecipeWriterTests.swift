import DatasetGen
import Testing

@Suite("The resolved recipe")
struct RecipeWriterTests {
    @Test("reads back as an equal recipe, whatever the environment and the file's name", arguments: RecipeFixture.valid)
    func roundTrip(name: String) throws {
        let resolved = try RecipeFixture.read(name).recipe
        let text = RecipeWriter.text(of: resolved)
        let environment = [
            "SENSOR_ID": "OTHER", "SENSOR_LOCATION": "Elsewhere", "SENSOR_INTERVAL": "bad", "LOG_LEVEL": "bad",
            "ANOMALY_PROBABILITY": "0.9", "IDENTITY_FILE": "missing.json", "MONITORING_PORT": "1",
        ]
        let again = try RecipeReader(environment: environment)
            .read(text, source: "recipe.yaml", defaultName: "other").recipe
        #expect(again == resolved)
        #expect(RecipeWriter.text(of: again) == text)
    }

    @Test(
        "keeps the compression",
        arguments: ["none", "gzip", "gzip, level: 9", "zstd", "zstd, level: 19"]
    )
    func compression(options: String) throws {
        let recipe = try readRecipe("outputs: {csv: {compression: \(options)}}")
        #expect(try readRecipe(RecipeWriter.text(of: recipe)).outputs == recipe.outputs)
    }

    @Test("states everything")
    func layout() throws {
        let text = RecipeWriter.text(of: try readRecipe("replicas: {count: 2, prefix: no}\nsensor: {location: Oslo}"))
        #expect(
            text == """
                # The resolved recipe of a dataset: every default, variable and option is written out.

                # Name, seed and simulated time.
                dataset:
                  name: recipe
                  seed: 0
                  start: "2025-01-01T00:00:00Z"
                  duration: "1h"
                  order: time
                  resolved: true

                # How often sensors report.
                simulation:
                  interval: "1s"

                # The sensor, or what a fleet has in common.
                sensor:
                  type: environmental
                  location: Oslo
                  device_info:
                    manufacturer: EnvMonitors
                    model: "EnvMonitor 2000"
                    firmware_version: "3.0.0"
                    part: transmitter
                    supply: mains

                # A fleet of like sensors.
                replicas:
                  count: 2
                  prefix: "no"
                  start_index: 1

                # What temperature, humidity and pressure follow: `normal_parameters`, or the climate of each sensor's `city`, of which `city_v1` and `city_v2` are the editions.
                climate: normal_parameters

                # What healthy sensors report.
                normal_parameters:
                  temperature:
                    mean: 22.0
                    std_dev: 2.0
                    min: 15.0
                    max: 30.0
                  humidity:
                    mean: 65.0
                    std_dev: 5.0
                    min: 30.0
                    max: 90.0
                  pressure:
                    mean: 1013.0
                    std_dev: 10.0
                    min: 990.0
                    max: 1040.0
                  voltage:
                    mean: 12.0
                    std_dev: 0.25
                    min: 11.0
                    max: 13.0

                # How sensors fail.
                anomalies:
                  enabled: true
                  probability: 0.05
                  types:
                    spike:
                      weight: 0.4
                      difficulty:
                        easy: 0.4
                        medium: 0.4
                        hard: 0.2
                      metrics: [temperature, humidity, pressure, voltage]
                      severity_factor: 1.0
                      shape: [impulse, decay]
                    trend:
                      weight: 0.2
                      duration: "5m"
                      difficulty:
                        easy: 0.4
                        medium: 0.4
                        hard: 0.2
                      metrics: [temperature, humidity, pressure, voltage]
                      severity_factor: 1.0
                      shape: [ramp, plateau, recalibration]
                    pattern:
                      weight: 0.1
                      duration: "10m"
                      difficulty:
                        easy: 0.4
                        medium: 0.4
                        hard: 0.2
                      metrics: [temperature, humidity]
                      severity_factor: 1.0
                      shape: [sine, square]
                    missing_data:
                      weight: 0.1
                      duration: "30s"
                      modes: [blank]
                    noise:
                      weight: 0.2
                      duration: "3m"
                      difficulty:
                        easy: 0.4
                        medium: 0.4
                        hard: 0.2
                      metrics: [temperature, humidity, pressure, voltage]
                      severity_factor: 1.0
                      shape: [burst]

                # The files to write.
                outputs:
                  sqlite:
                    page_size: 16384
                    timestamps: naive
                  csv:
                    compression: gzip
                    level: 1
                    timestamps: naive
                  jsonl:
                    compression: gzip
                    level: 1
                    timestamps: naive
                  clean: false

                """
        )
    }

    @Test(
        "keeps any text as it is",
        arguments: [
            "yes", "Null", "1.10", "0x1F", "a: b", "#x", "- x", "\"q\" \\ '", "Ünï 🌡️", " padded ", "2025-01-01", "~",
            "a#b",
            "{x}", "*a", "&a", "!t", "%d", "@x", "`x`", "e\u{301}", "\u{2028}sep", "x:", "NO", "1_000", ".5", "=", "<<",
        ]
    )
    func text(_ text: String) throws {
        let quoted = "\"" + text.map { "\"\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "\""
        let stated = try readRecipe("sensor: {manufacturer: \(quoted), model: \(quoted)}")
        #expect(Array(stated.groups[0].model.unicodeScalars) == Array(text.unicodeScalars))
        #expect(try readRecipe(RecipeWriter.text(of: stated)) == stated)
    }

    @Test("keeps an end between two readings", arguments: ["7s", "1/3s", "1001us"])
    func end(interval: String) throws {
        let stated = try readRecipe("dataset: {duration: 10.0005}\nsimulation: {interval: \(interval)}")
        #expect(try readRecipe(RecipeWriter.text(of: stated)) == stated)
    }

    @Test("keeps a mix of difficulties, which adds up to 1 only nearly", arguments: 1...9)
    func difficulty(medium: Int) throws {
        let recipe = try readRecipe("anomalies: {difficulty: {easy: 1, medium: \(medium), hard: 1}}")
        let again = try readRecipe(RecipeWriter.text(of: recipe))
        #expect(again.anomalies == recipe.anomalies)
    }

    @Test("keeps doubles to the last bit")
    func numbers() throws {
        for mean in ["0.1", "22.000000000000004", "1.0e-300", "-272.1499999999999"] {
            let stated = try readRecipe(
                "normal_parameters: {temperature: {mean: \(mean), std_dev: 0.3333333333333333, min: -273.15}}"
            )
            #expect(try readRecipe(RecipeWriter.text(of: stated)).normal == stated.normal)
        }
    }
}
