import Foundation
import Testing

@Suite("ClickHouse's format Native", .timeLimit(.minutes(30)))
struct ClickHouseTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private func write(_ outputs: String, order: String = "time", to name: String = "native.yaml") throws {
        let recipe = Samples.nasty(order: order, interval: "10s")
        try workspace.write("\(recipe)\noutputs: \(outputs)\n", to: name)
    }

    @Test(
        "goes into ClickHouse and comes out of it as it was",
        arguments: [
            ("{}", "time"), ("{compression: none, time: datetime}", "sensor"), ("{compression: zstd}", "sensor"),
            ("{columns: [anomaly_type, timestamp, clean_voltage, sensor_id, serial_number, id]}", "time"),
        ]
    )
    func server(options: String, order: String) throws {
        try write("{csv: true, clickhouse: \(options), clean: true}", order: order)
        try workspace.generate("native.yaml", to: "out")
        let findings: Findings = try workspace.read(with: "clickhouse", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["rows"] > 4_000 && findings["cells"] >= findings["rows"] * 6)
        #expect(findings["nulls"] > 3_000)
        for options in [[], ["--regenerate"]] {
            let outcome = try workspace.run(["verify", "out"] + options)
            #expect(outcome.status == 0 && outcome.notes.isEmpty, "\(outcome.errors)\(outcome.output)")
            #expect(outcome.output.contains("clickhouse.sql: it is what recipe.yaml gives"))
        }
    }

    /// States, metrics that some sensors do not have, events by number, and rows that are missing.
    private static let mixed = """
        dataset: {name: mixed, seed: 7, start: 2025-01-05, duration: 4h}
        simulation: {interval: 20s}
        metrics:
          temperature: {}
          door: {model: state, states: {'say "a"': 0.8, "1": 0.2}, dwell: 90s}
        fleet:
          - {count: 2, prefix: "Ω", location: 'back\\slash', metrics: [door, temperature]}
          - {count: 3, prefix: COLD, metrics: [temperature], location: Oslo}
        anomalies:
          probability: 0.2
          types: {spike: {}, noise: {duration: 2m}, missing_data: {duration: 1m, modes: [null, omit]}}
        """

    @Test("tells all readings by itself", arguments: ["{}", "{compression: none, time: datetime}"])
    func source(options: String) throws {
        try workspace.write("\(Self.mixed)\noutputs: {clickhouse: \(options), clean: true}\n", to: "alone.yaml")
        try workspace.generate("alone.yaml", to: "out")
        try workspace.expectTellsAllReadings()
        try workspace.generate("alone.yaml", to: "both", "--set", "outputs.csv=true", "--set", "outputs.influx=true")
        let digest = "grep -h content_sha256 out/manifest.json both/manifest.json | sort -u | wc -l"
        #expect(try workspace.shell(digest).output.trimmingCharacters(in: .whitespacesAndNewlines) == "1")
        #expect(try workspace.shell("cmp out/readings.native* both/readings.native*").status == 0)
        #expect(try workspace.run("verify", "both").status == 0)
    }

    @Test("is found to be wrong, row and column by name")
    func damage() throws {
        try workspace.write(
            "\(Self.mixed)\noutputs: {csv: true, clickhouse: {compression: none, columns: [sensor_id, timestamp, anomaly_type, event_id, difficulty]}}\n",
            to: "native.yaml"
        )
        try workspace.generate("native.yaml", to: "out")
        // A letter of a sensor's name, far inside of the block.
        let change = """
            import sys
            data = bytearray(open('out/readings.native', 'rb').read())
            place = -1
            for _ in range(500):
                place = data.index(b'COLD_000002', place + 1)
            data[place + 10] = ord('3')
            open('out/readings.native', 'wb').write(data)
            """
        try workspace.write(change, to: "change.py")
        try #require(try workspace.shell("python3 change.py").status == 0)
        let sums = "cd out && sha256sum $(cut -c 67- SHA256SUMS) > new && mv new SHA256SUMS"
        try #require(try workspace.shell(sums).status == 0)
        for options in [[], ["--regenerate"]] {
            let outcome = try workspace.run(["verify", "out"] + options)
            #expect(outcome.status == 76)
            let told = outcome.output + outcome.errors
            #expect(told.contains("sensor_id is COLD_000003, not COLD_000002"), "\(told)")
            #expect(told.contains("(COLD_000002 at 2025-01-05T"), "\(told)")
        }
        try #require(
            try workspace.shell("truncate -s 100000 out/readings.native; echo >> out/clickhouse.sql").status == 0
        )
        let cut = try workspace.run("verify", "out")
        #expect(cut.status == 76)
        #expect((cut.output + cut.errors).contains("clickhouse.sql: it is not what recipe.yaml gives"))
        #expect((cut.output + cut.errors).contains("readings.native: row 1, reading 1 "), "\(cut.output)\(cut.errors)")
    }

    @Test("leaves the same bytes on any number of threads, after an interruption, and with the resolved recipe")
    func bytes() throws {
        let recipe = """
            dataset: {duration: 8000s}
            replicas: {count: 100}
            outputs: {csv: true, clickhouse: {columns: [timestamp, sensor_id, temperature, event_id]}}
            """
        try workspace.expectSameBytes(of: recipe)
    }

    @Test(
        "refuses what it cannot write, and says where",
        arguments: [
            ("dataset: {start: 1969-12-31}\noutputs: {clickhouse: {time: datetime}}", "from 1970 to 2106 only"),
            ("simulation: {interval: 500ms}\noutputs: {clickhouse: {time: datetime}}", "datetime is coarser than"),
            ("outputs: {clickhouse: {layout: narrow}}", "layout: concerns sqlite, csv and jsonl only, not clickhouse"),
            ("outputs: {csv: {time: datetime}}", "time: concerns clickhouse only, not csv"),
        ]
    )
    func refusals(recipe: String, said: String) throws {
        try workspace.write(recipe, to: "bad.yaml")
        let outcome = try workspace.run("recipe", "bad.yaml", "-o", "out")
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.errors.contains(said) && outcome.errors.contains("bad.yaml:"), "\(outcome.errors)")
    }
}
