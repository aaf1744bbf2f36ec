import Foundation
import Testing

@Suite("Groups with intervals of their own", .timeLimit(.minutes(30)))
struct GroupIntervalTests {
    private let workspace: Workspace

    private static let recipe = """
        dataset: {duration: 8h, seed: 4}
        simulation: {interval: 5s}
        outputs: {sqlite: true, csv: true, jsonl: true, clean: true}
        fleet:
          - {count: 3, prefix: SLOW, interval: 1m, location: Oslo}
          - {count: 4, prefix: FAST, manufacturer: SensorTech}
          - {count: 2, prefix: ODD, interval: 35s, anomalies: {probability: 0.3}}
        anomalies:
          probability: 0.1
          types: {spike: {}, trend: {duration: 5m}, missing_data: {duration: 2m, modes: [omit, blank, stuck]}, noise: {duration: 2m}}
        """
    /// 3 · 480 + 4 · 5,760 + 2 · 823.
    private static let readings = 26_126

    init() throws {
        workspace = try Workspace()
        try workspace.write(Self.recipe, to: "mixed.yaml")
    }

    private func generate(_ output: String, _ options: String...) throws -> Summary {
        let outcome = try workspace.run(["recipe", "mixed.yaml", "-o", output, "--json"] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try outcome.decoded()
    }

    @Test(
        "give the same files with any number of threads, in both orders, which verify and audit find true",
        arguments: ["time", "sensor"]
    )
    func sameFiles(_ order: String) throws {
        let one = try generate("one", "--threads", "1", "--set", "dataset.order=\(order)")
        #expect(one.readings == Self.readings && one.rows < one.readings)
        for threads in ["2", "7"] {
            _ = try generate(threads, "--threads", threads, "--set", "dataset.order=\(order)")
            #expect(try workspace.differences("one", threads) == [])
        }
        let verified = try workspace.run("verify", "--regenerate", "one")
        #expect(verified.status == 0, "\(verified.output)")
        let audited = try workspace.run("audit", "one")
        #expect(audited.status == 0, "\(audited.output)")
        // The dataset says itself what it was made from.
        let again = try workspace.run("recipe", "one/recipe.yaml", "-o", "again")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try workspace.differences("one", "again") == [])
    }

    @Test("have rows where they tick, and nowhere else")
    func rows() throws {
        _ = try generate("one")
        let script = """
            import json, sqlite3, sys, gzip, csv
            base = sqlite3.connect("one/readings.sqlite")
            def ask(sql): return base.execute(sql).fetchall()
            steps = {"SLOW": 60, "FAST": 5, "ODD": 35}
            seconds = dict(ask("SELECT sensor_id, interval_seconds FROM sensors"))
            assert all(seconds[id] == steps[id.split("_")[0]] for id in seconds), seconds
            start = ask("SELECT strftime('%s', min(timestamp)) FROM sensor_data")[0][0]
            previous = None
            for id, sensor, time in ask("SELECT id, sensor_id, strftime('%s', timestamp) - 1735689600 FROM sensor_data ORDER BY id"):
                assert time % steps[sensor.split("_")[0]] == 0, (sensor, time)
                assert previous is None or previous[0] < id and previous[1] <= time
                previous = (id, time)
            for event in ask("SELECT sensor_id, strftime('%s', start), strftime('%s', end), readings FROM events WHERE truncated = 0"):
                length = (int(event[2]) - int(event[1])) / steps[event[0].split("_")[0]]
                assert length == event[3], event
            wrong = ask("SELECT count(*) FROM sensor_data WHERE anomaly_type IS NULL AND (temperature IS NOT clean_temperature OR voltage IS NOT clean_voltage)")
            assert wrong[0][0] == 0
            omitted = ask("SELECT sum(readings) FROM events WHERE mode = 'omit'")[0][0]
            manifest = json.load(open("one/manifest.json"))
            assert manifest["labels"]["omitted"] == omitted and manifest["rows"] == ask("SELECT count(*) FROM sensor_data")[0][0]
            assert [(entry["interval"], entry["sensors"], entry["ticks"]) for entry in manifest["time"]["intervals"]] == \\
                [("5s", 4, 5760), ("35s", 2, 823), ("1m", 3, 480)], manifest["time"]
            rows = list(csv.DictReader(gzip.open("one/readings.csv.gz", "rt")))
            lines = [json.loads(line) for line in gzip.open("one/readings.jsonl.gz", "rt")]
            table = ask("SELECT timestamp, sensor_id, temperature FROM sensor_data ORDER BY id")
            assert len(rows) == len(lines) == len(table)
            for row, line, (time, sensor, value) in zip(rows, lines, table):
                assert row["timestamp"] == line["timestamp"] == time and row["sensor_id"] == line["sensor_id"] == sensor
                assert (float(row["temperature"]) if row["temperature"] else None) == value, (row, value)
            asked = manifest["labels"]["asked_rate"]
            expected = (3 * 480 * 0.1 + 4 * 5760 * 0.12 + 2 * 823 * 0.3) / 26126
            assert abs(asked - expected) < 1e-6, (asked, expected)
            print("true")
            """
        try workspace.write(script, to: "check.py")
        let outcome = try workspace.shell("python3 check.py")
        #expect(outcome.output == "true\n", "\(outcome.errors)")
    }

    @Test("are finished by --resume with the bytes of a run that was not interrupted")
    func resumed() throws {
        let recipe = ["recipe", "mixed.yaml", "--progress", "never", "--format", "csv,sqlite", "--duration", "15d"]
        #expect(try workspace.run(recipe + ["-o", "whole"]).status == 0)
        let run = try workspace.start(
            "recipe",
            "mixed.yaml",
            "--format",
            "csv,sqlite",
            "--duration",
            "15d",
            "-o",
            "out"
        )
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)
        let resumed = try workspace.run(recipe + ["-o", "out", "--resume"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try workspace.differences("whole", "out") == [])
    }

    @Test("are told by the dry run, by describe and in pictures")
    func descriptions() throws {
        let dry = try workspace.run("recipe", "mixed.yaml", "--dry-run")
        #expect(dry.output.contains("26,126") && dry.output.contains("interval: \"35s\""), "\(dry.output)")
        _ = try generate("one")
        let described = try workspace.run("describe", "one", "--sensor", "ODD_000002")
        #expect(described.output.contains("5s (4 sensors), 35s (2 sensors), 1m (3 sensors)"), "\(described.output)")
        let plotted = try workspace.run("describe", "one", "--sensor", "SLOW_000001", "--plot", "day.svg")
        #expect(plotted.status == 0, "\(plotted.errors)")
        #expect(try workspace.text("day.svg").contains("a reading every 1m"))
    }
}
