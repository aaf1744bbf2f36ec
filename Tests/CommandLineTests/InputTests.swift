import Foundation
import Testing

@Suite("A recipe can come", .timeLimit(.minutes(30)))
struct InputTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
        try workspace.write(Self.identity, to: "identity.json")
    }

    /// The reference's legacy form.
    private static let identity = """
        {"id": "SENSOR_NY_001", "location": "New York", "latitude": 40.7128, "longitude": -74.0060,
         "timezone": "America/New_York", "manufacturer": "SensorTech", "model": "TempSensor Pro",
         "firmware_version": "1.2.0"}
        """

    @Test("from a path, standard input, or JSON, and means the same")
    func sources() throws {
        try workspace.generate("small.yaml", to: "path")
        try workspace.generate(workspace.path("small.yaml"), to: "absolute")
        let piped = try workspace.run("recipe", "-", "-o", "piped", input: Samples.small)
        #expect(piped.status == 0, "\(piped.errors)")
        try workspace.write(
            """
            {"dataset": {"name": "small", "duration": "10m"}, "sensor": {"id": "ONE", "location": "Oslo"},
            "anomalies": {"types": {"spike": {}}}}
            """,
            to: "small.json"
        )
        try workspace.generate("small.json", to: "json")
        for folder in ["absolute", "piped", "json"] {
            #expect(try workspace.differences("path", folder) == [], "\(folder)")
        }
        #expect(try workspace.readings(of: "path").count == 600)
    }

    @Test(
        "name a dataset after the file, without the extension alone",
        arguments: [
            ("exp-0.1.yaml", "exp-0.1"), ("exp-0.2.yml", "exp-0.2"), ("v1.2.3.json", "v1.2.3"), ("exp-0.3", "exp-0.3"),
            ("plain.yaml", "plain"),
        ]
    )
    func stems(file: String, name: String) throws {
        try workspace.write("{dataset: {duration: 3s}}", to: file)
        let outcome = try workspace.run("recipe", file, "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try workspace.names(in: "datasets") == [name])
    }

    @Test("from the bundled ones by name, unless there is such a file here")
    func bundled() throws {
        try workspace.generate("quickstart.yaml", to: "bundled")
        try workspace.generate("quickstart", to: "stem")
        try workspace.generate(Locations.recipes.appending(path: "quickstart.yaml").path(), to: "file")
        #expect(try workspace.differences("bundled", "stem") == [])
        #expect(try workspace.differences("bundled", "file") == [])
        try workspace.write("dataset: {duration: 7s}", to: "quickstart.yaml")
        try workspace.generate("quickstart.yaml", to: "own")
        #expect(try workspace.readings(of: "own").count == 7)
    }

    @Test("in the reference's forms, with an identity")
    func reference() throws {
        try workspace.write("dataset: {name: small, duration: 10m}", to: "config.yaml")
        let arguments = ["recipe", "--config", "config.yaml", "--identity", "identity.json", "-o", "options"]
        let options = try workspace.run(arguments)
        #expect(options.status == 0, "\(options.errors)")
        let environment = ["CONFIG_FILE": "config.yaml", "IDENTITY_FILE": "identity.json"]
        let variables = try workspace.run("recipe", "-o", "variables", environment: environment)
        #expect(variables.status == 0, "\(variables.errors)")
        let differences = try workspace.differences("options", "variables")
        #expect(differences == [])
        let rows: [[String: String]] = try workspace.query(
            "SELECT sensor_id, location, CAST(longitude AS TEXT) AS longitude, firmware_version FROM sensors",
            of: "options/readings.sqlite"
        )
        let expected = [
            "sensor_id": "SENSOR_NY_001", "location": "New York", "longitude": "-74.006", "firmware_version": "1.2.0",
        ]
        #expect(rows == [expected])
    }

    @Test("under an environment that shows in the data")
    func environment() throws {
        try workspace.generate(
            "quickstart.yaml",
            to: "out",
            environment: [
                "SENSOR_ID": "FROM_ENV", "SENSOR_LOCATION": "Oslo", "SENSOR_INTERVAL": "9", "ANOMALY_PROBABILITY": "0",
            ]
        )
        let rows = try workspace.readings(of: "out")
        #expect(rows.count == 400)
        #expect(rows[1].timestamp == "2025-01-01T00:00:09.000000")
        #expect(rows.allSatisfy { $0.sensor_id == "FROM_ENV" && $0.location == "Oslo" && $0.anomaly_flag == 0 })
    }

    @Test("under options, which beat the environment")
    func options() throws {
        try workspace.generate(
            "quickstart.yaml",
            to: "out",
            "--set",
            "simulation.interval=2s",
            "--set",
            "sensor.location=Bergen",
            "--start",
            "2024-02-29T23:59:00Z",
            "--duration",
            "1m30s",
            "--sensors",
            "3",
            environment: ["SENSOR_INTERVAL": "9", "SENSOR_LOCATION": "Oslo"]
        )
        let rows = try workspace.readings(of: "out")
        #expect(rows.count == 3 * 45)
        #expect(rows.first?.timestamp == "2024-02-29T23:59:00.000000")
        #expect(rows.last?.timestamp == "2024-03-01T00:00:28.000000")
        #expect(Set(rows.map(\.location)) == ["Bergen"])
        #expect(Set(rows.map(\.sensor_id)) == ["SENSOR_000001", "SENSOR_000002", "SENSOR_000003"])
    }

    @Test("with the formats that are asked for, and no others")
    func formats() throws {
        let common = ["SHA256SUMS", "events.csv", "manifest.json", "recipe.yaml", "sensors.csv"]
        let files = ["csv": "readings.csv.gz", "jsonl": "readings.jsonl.gz", "sqlite": "readings.sqlite"]
        for formats in ["csv", "jsonl", "sqlite", "csv,sqlite"] {
            try workspace.generate("small.yaml", to: "out", "--format", formats, "--overwrite")
            let readings = formats.split(separator: ",").compactMap { files[String($0)] }
            #expect(try workspace.names(in: "out") == (common + readings).sorted())
            #expect(try workspace.run("verify", "out").status == 0)
        }
    }
}
