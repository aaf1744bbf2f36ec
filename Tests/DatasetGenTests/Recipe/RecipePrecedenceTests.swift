import DatasetGen
import Testing

@Suite("Option beats environment beats recipe beats default")
struct RecipePrecedenceTests {
    @Test("the interval, however the recipe gives it", arguments: ["interval: 2s", "readings_per_second: 0.5"])
    func interval(key: String) throws {
        let text = "simulation: {\(key)}"
        #expect(try readRecipe("").grid.interval.text == "1s")
        #expect(try readRecipe(text).grid.interval.text == "2s")
        let variable = ["SENSOR_INTERVAL": "5"]
        #expect(try readRecipe(text, environment: variable).grid.interval.text == "5s")
        for option in ["simulation.interval=10s", "simulation.readings_per_second=0.1"] {
            #expect(try readRecipe(text, environment: variable, overrides: [.set(option)]).grid.interval.text == "10s")
        }
    }

    @Test("every variable sets its key")
    func variables() throws {
        let recipe = try readRecipe(
            "monitoring: {enabled: false, port: 1}\nsensor: {sensor_id: A, location: {city: Oslo, country: NO}}",
            environment: [
                "SENSOR_ID": "B", "SENSOR_LOCATION": "San Francisco", "ANOMALY_PROBABILITY": "0.25",
                "LOG_LEVEL": "debug", "PRESERVE_EXISTING_DB": "1", "MONITORING_ENABLED": "TRUE",
                "MONITORING_PORT": "9090", "MONITORING_HOST": "::1", "MONITORING_TOKEN": "sesame",
                "SENSOR_INTERVAL": "", "CONFIG_FILE": "x", "PATH": "/bin",
            ]
        )
        #expect(recipe.groups[0].naming == .fixed("B"))
        #expect(recipe.groups[0].site == .named("San Francisco"))
        #expect(recipe.anomalies.probability == 0.25)
        #expect(recipe.live.logging.level == .debug)
        #expect(recipe.live.database.preservesExisting == true)
        #expect(recipe.live.monitoring.isEnabled == true)
        #expect(recipe.live.monitoring.port == 9_090)
        #expect(recipe.live.monitoring.host == "::1")
        #expect(recipe.live.monitoring.token == "sesame")
        // A resolved recipe is passed on; a secret is not.
        #expect(!RecipeWriter.text(of: recipe).contains("sesame"))
        #expect(recipe.grid.interval == .oneSecond)
    }

    @Test("an error in a variable or an option names it")
    func origins() {
        let messages = complaints(
            "anomalies: {probability: 0.1}",
            environment: ["ANOMALY_PROBABILITY": "2", "LOG_LEVEL": "loud", "MONITORING_ENABLED": "perhaps"],
            overrides: [.seed("x"), .set("replicas.count=0"), .set("sensor={idd: 1}"), .sensors("1"), .set("nonsense")]
        )
        #expect(
            messages == [
                "--set: expected key.path=value, found \"nonsense\"",
                "ANOMALY_PROBABILITY: anomalies.probability: 2 is not between 0 and 1",
                "LOG_LEVEL: logging.level: expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL, found LOUD",
                "MONITORING_ENABLED: monitoring.enabled: expected true or false, found perhaps",
                "--seed: dataset.seed: expected a whole number from 0 to 18446744073709551615, found x",
                "--set sensor: sensor.idd: unknown key; did you mean id?",
            ]
        )
    }

    @Test("an option for the end drops the recipe's duration, and the other way round")
    func endAndDuration() throws {
        let duration = "dataset: {duration: 1d}"
        #expect(try readRecipe(duration, overrides: [.end("2025-01-01T00:00:10Z")]).grid.tickCount == 10)
        let end = "dataset: {end: 2025-01-02}"
        #expect(try readRecipe(end, overrides: [.duration("20")]).grid.tickCount == 20)
        #expect(try readRecipe(end, overrides: [.start("2025-01-01T23:59:00Z")]).grid.tickCount == 60)
        #expect(
            complaints("", overrides: [.end("2025-01-02"), .duration("1h")])
                == ["--duration: dataset.duration: cannot be given together with end"]
        )
        let runTime = "dataset: {duration: 1d}\nsimulation: {run_time_seconds: 5}"
        #expect(try readRecipe(runTime).grid.tickCount == 86_400)
        #expect(try readRecipe(runTime, overrides: [.set("simulation.run_time_seconds=7")]).grid.tickCount == 7)
    }

    @Test("--sensors is the count of replicas")
    func sensors() throws {
        let grown = try readRecipe("replicas: {count: 2, prefix: A}", overrides: [.sensors("7")])
        #expect(grown.groups[0].naming == .numbered(prefix: "A", startIndex: 1))
        #expect(grown.sensorCount == 7)
        #expect(
            complaints("fleet: [{count: 2}, {}]", overrides: [.sensors("7")])
                == [
                    "--sensors: replicas.count: the recipe has a fleet of 2 groups; set a group's count instead, "
                        + "such as --set fleet.0.count=7"
                ]
        )
        #expect(
            complaints("", environment: ["SENSOR_ID": "A"], overrides: [.sensors("2")])
                == ["SENSOR_ID: sensor.id: 2 sensors cannot have one id; use replicas.prefix"]
        )
    }

    @Test("--format keeps the options of the recipe", arguments: ["{csv: {level: 9}, jsonl: {}}", "[csv: {level: 9}]"])
    func formats(outputs: String) throws {
        let outputs = try readRecipe("outputs: \(outputs)", overrides: [.formats("sqlite, csv")]).outputs
        #expect(outputs.map(\.format) == [.sqlite, .csv])
        #expect(outputs[1].compression == .gzip(level: 9))
        #expect(
            complaints("", overrides: [.formats("csv,excel")])
                == ["--format: outputs.1: expected one of \(OutputFormat.names), found excel"]
        )
    }

    @Test("--set reaches every key")
    func set() throws {
        let text = "fleet: [{count: 1}, {count: 2, location: Oslo}]\nlogging:"
        let changed = try readRecipe(
            text,
            overrides: [
                .set("fleet.0.count=3"), .set("fleet.2={prefix: NEW}"), .set("logging.level=DEBUG"),
                .set("dataset.description=a = b"), .set("anomalies.phases.0.at=1h"),
                .set("anomalies.phases.0.probability=0.5"), .set("anomalies.phases.0.probability=0.75"),
            ]
        )
        #expect(changed.groups.map(\.count) == [3, 2, 1])
        #expect(changed.live.logging.level == .debug)
        #expect(changed.description == "a = b")
        #expect(changed.anomalies.phases.map(\.offset) == [3_600_000_000])
        #expect(changed.anomalies.phases.map(\.probability) == [0.75])
        #expect(
            complaints("", overrides: [.set("sensor.id=# nothing")])
                == ["--set sensor.id: the value is missing; expected text"]
        )
        #expect(
            complaints(text, overrides: [.set("fleet.9.count=1"), .set("fleet.1.location.city=X"), .set("a.b: c=1")])
                == [
                    "--set fleet.9.count: fleet is a list of 2; its items have the numbers 0 to 1",
                    "--set fleet.1.location.city: fleet.1.location is not a section; it is Oslo",
                    "--set a.b: c: a: unknown key; \(topLevelKeys)",
                ]
        )
    }

    @Test("a resolved recipe does not look at the environment, but at the options")
    func resolved() throws {
        let text = "dataset: {resolved: true}"
        #expect(try readRecipe(text, environment: ["SENSOR_INTERVAL": "bad"]).grid.interval == .oneSecond)
        #expect(try readRecipe(text, overrides: [.seed("9")]).seed == 9)
    }

    @Test("a later stage finds the place of a key")
    func places() throws {
        let text = "dataset:\n  seed: 1\nnormal_parameters:\n  pressure:\n    std_dev: 3\nfleet: [{count: 2}]"
        let resolved = try RecipeReader(environment: ["SENSOR_INTERVAL": "5"])
            .read(text, source: "recipe.yaml", defaultName: "recipe")
        #expect(
            resolved.diagnostic(about: "normal_parameters.pressure.std_dev", "too large").description
                == "recipe.yaml:5:5: normal_parameters.pressure.std_dev: too large"
        )
        #expect(resolved.origin(ofKeyPath: "normal_parameters.pressure.mean").description == "recipe.yaml:4:3")
        #expect(resolved.origin(ofKeyPath: "simulation.interval").description == "SENSOR_INTERVAL")
        #expect(resolved.origin(ofKeyPath: "fleet.0.location").description == "recipe.yaml:6:9")
        #expect(resolved.origin(ofKeyPath: "outputs").description == "recipe.yaml:1:1")
        #expect(resolved.states("dataset.seed"))
        #expect(!resolved.states("dataset.start"))
    }
}
