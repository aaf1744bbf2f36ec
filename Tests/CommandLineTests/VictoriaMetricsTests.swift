import Foundation
import Testing

@Suite("A load into VictoriaMetrics", .timeLimit(.minutes(30)))
struct VictoriaMetricsTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.write(Samples.days, to: "days.yaml")
        try workspace.write(Samples.mixed, to: "mixed.yaml")
    }

    private func load(_ source: String, _ server: VictoriaMetricsServer, _ options: String...) throws -> Outcome {
        try workspace.run(["load", source, server.url] + options)
    }

    @Test(
        "has the values of the CSV file, each once",
        arguments: [("nasty.yaml", ""), ("mixed.yaml", "'door=closed \"really\",ajar,1'")]
    )
    func sameValues(recipe: String, states: String) throws {
        let server = try VictoriaMetricsServer(workspace)
        let clean = ["--set", "outputs.clean=true"]
        let outcome = try workspace.run(["load", recipe, server.url, "--verify", "rows"] + clean)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: all "), "\(outcome.output)")
        #expect(try workspace.names().allSatisfy { !$0.hasSuffix(".journal") })
        let generated = try workspace.run(
            ["recipe", recipe, "-o", "out", "--format", "csv", "--set", "outputs.csv.compression=none"] + clean
        )
        #expect(generated.status == 0, "\(generated.errors)")
        try workspace.write(try server.ask("/api/v1/export?match[]={__name__!=%22%22}", "-g"), to: "export.json")
        let script = Locations.reader("series")
        let compared = try workspace.shell("python3 \(script) export.json out/readings.csv sensor_data \(states)")
        #expect(compared.status == 0 && compared.output.contains(" samples"), "\(compared.errors)")
    }

    @Test("is proven in each way, with labels and without", arguments: ["count", "sums", "rows"])
    func proofs(proof: String) throws {
        let server = try VictoriaMetricsServer(workspace)
        for (number, recipe) in ["nasty.yaml", "mixed.yaml", "cold-chain.yaml"].enumerated() {
            for labels in ["fields", "none"] {
                let outcome = try load(
                    recipe,
                    server,
                    "--verify",
                    proof,
                    "--labels",
                    labels,
                    "--duration",
                    "2h",
                    "--json",
                    "--table",
                    "load_\(number)_\(labels)",
                    "--tags",
                    "sensor_id"
                )
                #expect(outcome.status == 0, "\(recipe) \(outcome.errors)")
                #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
            }
        }
        let labels = try server.ask("/api/v1/labels")
        #expect(labels.contains("[\"__name__\",\"sensor_id\"]"), "\(labels)")
        let names = try server.ask("/api/v1/label/__name__/values")
        #expect(names.contains("load_0_fields_anomaly_type") && !names.contains("none_anomaly"), "\(names)")
    }

    @Test(
        "that is no longer what was sent is found out, with sensor, time and column",
        arguments: [
            (
                #"{"metric":{"__name__":"x_temperature","sensor_id":"DAY_000002"},"values":[1.5],"timestamps":[1735787040000]}"#,
                "sensor \"DAY_000002\", 2025-01-02T03:04:00Z"
            ),
            (
                #"{"metric":{"__name__":"x_anomaly_type","sensor_id":"DAY_000001"},"values":[2],"timestamps":[1735787040001]}"#,
                "2025-01-02T03:04:00.001000Z: a row that was not sent, or a second one"
            ),
        ]
    )
    func foundOut(line: String, finding: String) throws {
        let server = try VictoriaMetricsServer(workspace)
        let source = ["load", "days.yaml", server.url, "--set", "anomalies.probability=0", "--table", "x", "--tags"]
        #expect(try workspace.run(source + ["sensor_id"]).status == 0)
        #expect(try workspace.run(source + ["sensor_id", "--verify-only"]).status == 0)
        try server.put(line)
        for proof in ["sums", "rows"] {
            let outcome = try workspace.run(source + ["sensor_id", "--verify-only", "--verify", proof])
            #expect(outcome.status == 76 && outcome.errors.contains(finding), "\(outcome)")
        }
    }

    @Test("that has lost a series, or has another value, is found out")
    func lost() throws {
        let server = try VictoriaMetricsServer(workspace)
        let source = ["load", "days.yaml", server.url, "--set", "anomalies.probability=0"]
        #expect(try workspace.run(source).status == 0)
        let selector = "%7B__name__=%22sensor_data_pressure%22,sensor_id=%22DAY_000002%22%7D"
        let line = try server.ask("/api/v1/export?match[]=\(selector)", "-g")
        try server.ask("/api/v1/admin/tsdb/delete_series?match[]=\(selector)", "-g")
        let missing = try workspace.run(source + ["--verify-only"])
        #expect(missing.status == 76, "\(missing)")
        #expect(
            missing.errors.contains("sensor \"DAY_000002\", 2025-01-01T00:00:00Z, column pressure: NULL is stored, "),
            "\(missing.errors)"
        )
        let first = try #require(line.firstRange(of: "\"values\":[")).upperBound
        let digit = line[first...].prefix { $0 != "," }
        try server.put(line.replacingCharacters(in: first..<digit.endIndex, with: "77.25"))
        let changed = try workspace.run(source + ["--verify-only"])
        #expect(changed.status == 76, "\(changed)")
        #expect(changed.errors.contains("column pressure: 77.25 is stored, \(Double(digit) ?? 0) was sent"))
    }

    @Test("says what stands in its way, and replaces nothing but the series of its sensors")
    func occupied() throws {
        let server = try VictoriaMetricsServer(workspace)
        try server.put(
            #"{"metric":{"__name__":"sensor_data_temperature","sensor_id":"OTHER"},"values":[1],"timestamps":[1735787040000]}"#
        )
        let first = try load("days.yaml", server)
        #expect(first.status == 73 && first.errors.contains("--if-exists append adds to them"), "\(first.errors)")
        #expect(try workspace.names().allSatisfy { !$0.hasSuffix(".journal") })
        let appended = try load("days.yaml", server, "--if-exists", "append")
        #expect(appended.status == 0, "\(appended.errors)")
        let overlap = try load("days.yaml", server, "--duration", "61h", "--if-exists", "append")
        #expect(overlap.status == 73 && overlap.errors.contains("could not be told apart"), "\(overlap.errors)")
        // The same day, and yet another time.
        let later = try load("days.yaml", server, "--start", "2025-01-03T12:00:00Z", "--if-exists", "append")
        #expect(later.status == 0, "\(later.errors)")
        let replaced = try load("days.yaml", server, "--seed", "9", "--if-exists", "replace", "--verify", "rows")
        #expect(replaced.status == 0, "\(replaced.errors)")
        #expect(try server.count("sensor_data_temperature{sensor_id=\"OTHER\"}") == 1)
        #expect(try server.count("sensor_data_anomaly_type{sensor_id=\"DAY_000001\"}") <= 3_600)
    }

    @Test(
        "is refused where readings would be forgotten or changed",
        arguments: [
            (["-retentionPeriod=1"], ["--start", "2020-01-01"], 74, "keeps 1 month (-retentionPeriod)"),
            (["-retentionPeriod=2y"], ["--start", "2020-01-01"], 74, "keeps 2y (-retentionPeriod)"),
            ([], ["--start", "2150-01-01"], 74, "takes nothing that is more than two days ahead"),
            (["-dedup.minScrapeInterval=5m"], [], 74, "keeps one sample of a series in 5m"),
            (["-maxLabelValueLen=4"], [], 65, "cuts texts off after 4 (-maxLabelValueLen)"),
            (["-maxLabelsPerTimeseries=2"], [], 74, "takes 2 labels of a series"),
            (["-precisionBits=20"], [], 74, "stores 20 bits of each value"),
            ([], ["--set", "simulation.interval=1/3s"], 65, "are not at whole milliseconds"),
            ([], ["--table", "9 lives"], 64, "cannot begin the names of series"),
            ([], ["--layout", "wide"], 64, "victoriametrics: has no --layout"),
            ([], ["--tags", "location"], 64, "sensor_id is missing"),
        ]
    )
    func refused(settings: [String], options: [String], status: Int, message: String) throws {
        let server = try VictoriaMetricsServer(workspace, settings)
        let outcome = try workspace.run(["load", "nasty.yaml", server.url] + options)
        #expect(outcome.status == Int32(status), "\(outcome)")
        #expect(outcome.errors.contains(message) && outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(try server.ask("/api/v1/label/__name__/values").contains("\"data\":[]"))
    }

    @Test("is by whom the server knows, and shows no password")
    func secrets() throws {
        let server = try VictoriaMetricsServer(workspace, ["-httpAuth.username=me", "-httpAuth.password=hushhush"])
        let url = "victoriametrics://me@127.0.0.1:\(server.port)"
        let refused = try workspace.run("load", "nasty.yaml", url, environment: ["VICTORIAMETRICS_PASSWORD": "hush"])
        #expect(refused.status == 74 && refused.errors.contains("401"), "\(refused)")
        let password = ["VICTORIAMETRICS_PASSWORD": "hushhush"]
        let outcome = try workspace.run("load", "nasty.yaml", url, environment: password)
        #expect(outcome.status == 0 && !outcome.output.contains("hushhush"), "\(outcome)")
    }
}
