import DatasetGen
import Foundation
import Testing

@Suite("When keys and variables count")
struct UseTableTests {
    private func resolved(_ text: String, environment: [String: String] = [:], _ overrides: RecipeOverride...) throws
        -> ResolvedRecipe
    {
        try RecipeReader(environment: environment, overrides: overrides)
            .read(text, source: "recipe.yaml", defaultName: "recipe")
    }

    @Test("the table has every key of the schema")
    func keys() throws {
        let schema = try #require(JSONValue(parsing: Array(RecipeSchema.json().utf8)))
        let sections = [("recipe", schema)] + (schema["$defs"]?.members ?? []).map { ($0.key, $0.value) }
        var count = 0
        for (name, section) in sections {
            for key in section["properties"]?.members ?? [] {
                #expect(UseTable.modes(ofKey: key.key, in: name) != nil, "\(name).\(key.key)")
                count += 1
            }
        }
        #expect(count > 150)
        for format in OutputFormat.allCases.map(\.rawValue) + ["clean"] {
            #expect(UseTable.modes(ofKey: format, in: "outputs") != nil)
        }
    }

    @Test("every variable sets a key that the table knows")
    func variables() throws {
        let reference = RecipeSchema.markdown()
        for variable in EnvironmentVariable.all {
            #expect(reference.contains("| `\(variable.name)` | `\(variable.path)` |"))
            let path = variable.path.split(separator: ".").map(String.init)
            let section = path.count == 1 ? "recipe" : path[0]
            #expect(UseTable.modes(ofKey: path.last ?? "", in: section) != nil, "\(variable.name)")
        }
    }

    @Test("what does not count is told, sections as a whole")
    func unused() throws {
        let text = """
            database: {path: x.db}
            logging: {level: DEBUG}
            monitoring: {port: 1}
            simulation: {batch_size: 5, interval: 1s}
            dataset: {order: sensor}
            outputs: {csv: true, sqlite: {page_size: 512, timestamps: utc}, jsonl: {timestamps: utc}, clean: true}
            """
        let recipe = try resolved(text)
        #expect(Set(recipe.unused(in: .batch)) == ["database", "logging", "monitoring", "simulation.batch_size"])
        #expect(Set(recipe.unused(in: .monitored)) == ["database", "simulation.batch_size"])
        #expect(Set(recipe.unused(in: .live)) == ["dataset.order", "outputs.csv", "outputs.sqlite.page_size"])
        #expect(try resolved("outputs: [sqlite, jsonl]").unused(in: .live) == ["outputs.jsonl"])
        let variables = ["MONITORING_PORT": "81", "MONITORING_HOST": "::1", "LOG_LEVEL": "debug"]
        #expect(Set(try resolved("", environment: variables).unused(in: .batch)) == Set(variables.keys))
        #expect(try resolved("", environment: variables).unused(in: .live) == [])
        #expect(try resolved("monitoring: {enabled: false}", .monitor).recipe.live.monitoring.isEnabled == true)
    }

    @Test("a variable that shapes the data is told, with what it takes the place of")
    func notes() throws {
        let text = "replicas: {count: 4}\nrandom_location: {number_of_cities: 4}\nsimulation: {interval: 7s}"
        let variables = [
            "SENSOR_LOCATION": "Bergen", "SENSOR_INTERVAL": "3", "ANOMALY_PROBABILITY": "0.25", "PATH": "/bin",
        ]
        #expect(
            try resolved(text, environment: variables).notes == [
                "SENSOR_LOCATION: all 4 sensors are in Bergen; random_location does not count",
                "SENSOR_INTERVAL: a reading every 3s; the recipe's simulation.interval does not count",
                "ANOMALY_PROBABILITY: anomalies.probability is 0.25",
            ]
        )
        // An option beats the variable, which then changes nothing.
        #expect(try resolved("", environment: ["SENSOR_INTERVAL": "3"], .set("simulation.interval=4s")).notes == [])
        let mixed = "fleet: [{count: 2, location: Oslo}, {count: 3}]"
        #expect(
            try resolved(mixed, environment: ["SENSOR_LOCATION": "Bergen"]).notes
                == ["SENSOR_LOCATION: 3 of 5 sensors are in Bergen"]
        )
        #expect(
            try resolved("replicas: {prefix: P}", environment: ["SENSOR_ID": "mine"]).notes == [
                "SENSOR_ID: the sensor is called mine; replicas.prefix does not count",
                "SENSOR_ID: the sensor is called mine",
            ]
        )
        let resolvedRecipe = "dataset: {resolved: true}"
        #expect(
            try resolved(resolvedRecipe, environment: ["SENSOR_INTERVAL": "3", "SENSOR_ID": "A"]).notes
                == ["SENSOR_ID, SENSOR_INTERVAL do not count: the recipe is a dataset's own (dataset.resolved)"]
        )
    }

    @Test("a refusal for a variable's sake names the variable")
    func refusals() {
        #expect(
            complaints("fleet: [{count: 2, prefix: A}, {prefix: B}]", environment: ["SENSOR_ID": "mine"])
                == ["SENSOR_ID: sensor.id: 3 sensors cannot have one id; use a prefix in each group of the fleet"]
        )
        let outputs = "outputs: {csv: {timestamps: epoch_s}}"
        #expect(
            complaints(outputs, environment: ["SENSOR_INTERVAL": "0.5"]).first?
                .hasSuffix("whole seconds (SENSOR_INTERVAL sets the interval to 500ms)") == true
        )
    }

    @Test("what a cluster puts into a variable is passed over, and said", arguments: ["tcp", "udp", "sctp"])
    func serviceLinks(scheme: String) throws {
        let recipe = try resolved("", environment: ["MONITORING_PORT": "\(scheme)://10.1.2.3:99"])
        #expect(recipe.recipe.live.monitoring.port == nil)
        #expect(recipe.notes.count == 1)
        #expect(recipe.notes[0].contains("Service called monitoring") && recipe.notes[0].contains("enableServiceLinks"))
        #expect(complaints("", environment: ["MONITORING_PORT": "http://x"]).count == 1)
    }

    @Test("space around a variable's value does not count", arguments: ["8081\r", " 8081", "8081\n", "\u{a0}8081 "])
    func space(value: String) throws {
        #expect(try resolved("", environment: ["MONITORING_PORT": value]).recipe.live.monitoring.port == 8_081)
    }

    @Test(
        "a setting inside a section keeps what would be there without it",
        arguments: [
            "", "outputs:", "outputs: {clean: true}", "outputs: [sqlite, csv, jsonl]",
            "outputs: {sqlite: true, csv: yes, jsonl: {}}",
        ]
    )
    func outputs(text: String) throws {
        let outputs = try resolved(text, .set("outputs.csv.compression=none")).recipe.outputs
        #expect(outputs.map(\.format) == [.sqlite, .csv, .jsonl])
        #expect(outputs[1].compression == .none)
        #expect(try resolved(text, .set("outputs.csv=false")).recipe.outputs.map(\.format) == [.sqlite, .jsonl])
    }

    @Test("the same for types of anomalies, and formats that the recipe leaves out stay out")
    func types() throws {
        let anomalies = try resolved("", .set("anomalies.types.noise.weight=0.9")).recipe.anomalies
        #expect(anomalies.types.map(\.type) == AnomalyType.allCases)
        #expect(anomalies.types.last?.weight == 0.9)
        let listed = try resolved("anomalies: {types: {trend: {}}}", .set("anomalies.types.trend.weight=0.9"))
        #expect(listed.recipe.anomalies.types.map(\.type) == [.trend])
        let csv = try resolved("outputs: [csv]", .set("outputs.csv.level=9")).recipe.outputs
        #expect(csv.map(\.format) == [.csv])
    }
}
