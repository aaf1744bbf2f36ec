import Foundation
import Testing

@Suite("A load with a table of events", .timeLimit(.minutes(30)))
struct EventTableLoadTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.write(Samples.days, to: "days.yaml")
        try workspace.write(
            Samples.days.replacing("  probability:", with: "  realised: true\n  probability:"),
            to: "realised.yaml"
        )
        try workspace.write("letmein\n", to: "token")
    }

    private func load(_ source: String, _ url: String, _ options: [String] = []) throws -> Outcome {
        try workspace.run(["load", source, url, "--labels", "table"] + options)
    }

    /// The events of the file `events.csv` of a recipe.
    private func eventCount(_ source: String, _ options: String...) throws -> Int {
        let outcome = try workspace.run(
            ["recipe", source, "-o", "counted", "--overwrite", "--format", "csv", "--quiet"] + options
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try workspace.text("counted/events.csv").split(separator: "\n").count - 1
    }

    private static let columns =
        "event_id, sensor_id, anomaly_type, metrics, start, \"end\", first_reading, last_reading, readings, magnitude, "
        + "direction, mode, peak_snr, difficulty, truncated"

    @Test("has in PostgreSQL what events.csv has, every value", arguments: ["star", "wide", "narrow"])
    func sameEvents(layout: String) throws {
        let server = try PostgreSQLServer(workspace)
        let realised = Self.columns + ", realised_magnitude, realised_peak_snr"
        for (source, columns) in [("nasty.yaml", Self.columns), ("realised.yaml", realised)] {
            #expect(try eventCount(source) > 20)
            let outcome = try load(source, server.url(), ["--layout", layout, "--if-exists", "replace", "--json"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try outcome.output.contains("\"events\":\(eventCount(source))"), "\(outcome.output)")
            try server.query(
                """
                DROP TABLE IF EXISTS csv;
                CREATE TABLE csv (LIKE readings_events);
                ALTER TABLE csv ALTER sensor_id TYPE text;
                SET timezone = 'UTC';
                \\copy csv from 'counted/events.csv' with (format csv, header)
                """
            )
            let name =
                layout != "wide" ? "(SELECT name FROM sensors WHERE sensors.sensor_id = e.sensor_id)" : "sensor_id"
            let list = columns.replacing("sensor_id", with: name)
            let stored = "SELECT \(list) FROM readings_events AS e"
            let differing =
                "SELECT count(*) FROM ((\(stored) EXCEPT ALL SELECT \(columns) FROM csv) UNION ALL "
                + "(SELECT \(columns) FROM csv EXCEPT ALL \(stored))) AS differing"
            #expect(try server.query(differing) == "0")
            let labels =
                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'readings'::regclass AND attname LIKE 'anomaly%'"
            #expect(try server.query(labels) == "0")
        }
    }

    @Test(
        "finds out what is no longer what was sent",
        arguments: [
            ("UPDATE readings_events SET difficulty = NULL WHERE event_id = 3", "column difficulty: NULL is stored"),
            ("UPDATE readings_events SET magnitude = magnitude + 0.5 WHERE event_id = 3", "column magnitude: "),
            ("UPDATE readings_events SET \"end\" = \"end\" + '1 us' WHERE event_id = 3", "column end: "),
            ("DELETE FROM readings_events WHERE event_id = 3", ": it is missing"),
            (
                "INSERT INTO readings_events SELECT * FROM readings_events WHERE event_id = 3", ": it is there 2 times"
            ),
            ("UPDATE readings_events SET event_id = 99999 WHERE event_id = 3", ": it is missing"),
            ("DROP TABLE readings_events", "readings_events is not there"),
        ]
    )
    func foundOut(damage: String, finding: String) throws {
        let server = try PostgreSQLServer(workspace)
        let source = ["--set", "anomalies.types={spike: {}}"]
        #expect(try load("days.yaml", server.url(), source).status == 0)
        #expect(try load("days.yaml", server.url(), source + ["--verify-only"]).status == 0)
        try server.query(damage)
        let outcome = try load("days.yaml", server.url(), source + ["--verify-only", "--verify", "count"])
        #expect(outcome.status == 76, "\(damage) \(outcome)")
        #expect(outcome.errors.contains(finding), "\(outcome.errors)")
        #expect(
            outcome.errors.contains("event 3 of sensor \"DAY_00000") || damage.hasPrefix("DROP"),
            "\(outcome.errors)"
        )
    }

    @Test("fills the table once, when the load is complete")
    func onceOnly() throws {
        let server = try PostgreSQLServer(workspace)
        let count = "SELECT count(*) FROM readings_events"
        let events = try String(eventCount("days.yaml"))
        #expect(try load("days.yaml", server.url()).status == 0)
        #expect(try server.query(count) == events)
        #expect(try load("days.yaml", server.url(), ["--resume"]).status == 0)
        #expect(try server.query(count) == events)
        // As the database was before the last transaction.
        try server.query("TRUNCATE readings_events; UPDATE gen_dataset_loads SET loaded = NULL")
        #expect(try load("days.yaml", server.url(), ["--resume"]).status == 0)
        #expect(try server.query(count) == events)
    }

    @Test("adds to what is there or replaces it, and leaves alone what is not its own")
    func besides() throws {
        let server = try PostgreSQLServer(workspace)
        #expect(try load("days.yaml", server.url()).status == 0)
        let other = ["--if-exists", "append", "--set", "fleet.0.prefix=OTHER", "--seed", "9"]
        #expect(try load("days.yaml", server.url(), other).status == 0)
        for options in [[], ["--set", "fleet.0.prefix=OTHER", "--seed", "9"]] {
            let outcome = try load("days.yaml", server.url(), options + ["--verify-only"])
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let fields = try workspace.run("load", "days.yaml", server.url(), "--if-exists", "replace")
        #expect(fields.status == 0, "\(fields.errors)")
        #expect(try server.query("SELECT to_regclass('readings_events') IS NULL") == "t")
        try server.query("CREATE TABLE readings_events AS SELECT 1 AS one")
        let stranger = try load("days.yaml", server.url(), ["--if-exists", "replace"])
        #expect(stranger.status == 73 && stranger.errors.contains("has no column event_id"), "\(stranger.errors)")
        #expect(try server.query("SELECT count(*) FROM readings WHERE anomaly_flag") != "0")
        let printed = try load("days.yaml", server.url(), ["--create", "print", "--table", "lab.climate"])
        #expect(printed.output.contains("CREATE TABLE \"lab\".\"climate_events\" ("), "\(printed.output)")
    }

    @Test("has the same events in ClickHouse, once")
    func clickHouse() throws {
        let server = try ClickHouseServer(workspace)
        let events = try String(eventCount("days.yaml"))
        for options in [[], ["--if-exists", "replace"]] {
            let outcome = try load("days.yaml", server.url(), options + ["--json"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("\"events\":\(events)"), "\(outcome.output)")
            #expect(try server.query("SELECT count() FROM readings_events") == events)
        }
        // A load whose journal is still there, as all is but the proof, goes on from there.
        let halted = try load(
            "days.yaml",
            server.url(),
            ["--if-exists", "replace", "--journal", "j", "--verify", "none"]
        )
        #expect(halted.status == 0, "\(halted.errors)")
        let again = try load("days.yaml", server.url(), ["--if-exists", "append"])
        #expect(again.status == 73 && again.errors.contains("has events of these sensors"), "\(again.errors)")
        try server.query("CREATE TABLE copy AS readings_events")
        try server.query(
            "INSERT INTO copy SELECT event_id, sensor_id, anomaly_type, metrics, start, end + 60, first_reading, "
                + "last_reading, readings, magnitude, direction, mode, peak_snr, difficulty, truncated FROM readings_events"
        )
        try server.query("DROP TABLE readings_events")
        try server.query("RENAME TABLE copy TO readings_events")
        let changed = try load("days.yaml", server.url(), ["--verify-only"])
        #expect(changed.status == 76 && changed.errors.contains("column end: "), "\(changed.errors)")
    }

    @Test("has the same events in InfluxDB, once")
    func influx() throws {
        let server = try InfluxServer(workspace)
        for (source, measurement) in [("days.yaml", "climate"), ("nasty.yaml", "odd, name")] {
            let events = try eventCount(source)
            for options in [[], ["--if-exists", "replace"], ["--verify-only"]] {
                let outcome = try load(source, server.url(), ["--table", measurement, "--json"] + options)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("\"events\":\(events)"), "\(outcome.output)")
            }
            let again = try load(source, server.url(), ["--table", measurement, "--if-exists", "append"])
            #expect(again.status == 73 && again.errors.contains("events of these sensors"), "\(again.errors)")
        }
        try workspace.write("climate_events,sensor_id=DAY_000001 readings=1i 1735689720", to: "line")
        let url = "http://127.0.0.1:\(server.port)/write?db=lab&precision=s"
        try #require(try workspace.shell("curl -sf -XPOST '\(url)' --data-binary @line").status == 0)
        let changed = try load("days.yaml", server.url(), ["--table", "climate", "--verify-only"])
        #expect(changed.status == 76 && changed.errors.contains("event NULL: it was not sent"), "\(changed.errors)")
    }

    @Test("has the same events in a stand-in for QuestDB")
    func questDB() throws {
        let server = try QuestDBStandIn(workspace)
        defer { server.stop() }
        let url = server.url
        for (source, options) in [("days.yaml", []), ("nasty.yaml", ["--if-exists", "replace"])] {
            let outcome = try load(source, url, ["--token-file", "token", "--json"] + options)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try outcome.output.contains("\"events\":\(eventCount(source))"), "\(outcome.output)")
        }
        let other = try load("nasty.yaml", url, ["--token-file", "token", "--verify-only", "--seed", "8"])
        #expect(other.status == 76 && other.errors.contains("_events\", event 1 of sensor"), "\(other.errors)")
    }

    @Test(
        "is refused where there are no tables",
        arguments: ["null:", "victoriametrics://127.0.0.1:1", "prometheus://127.0.0.1:1", "nats://127.0.0.1:1/a"]
    )
    func refused(url: String) throws {
        let outcome = try load("days.yaml", url)
        #expect(outcome.status == 64 && outcome.errors.contains("has no --labels table"), "\(outcome)")
    }
}
