import Foundation
import Testing

@Suite("A load with a table of phenomena", .timeLimit(.minutes(30)))
struct PhenomenonLoadTests {
    private let workspace: Workspace

    /// Two cities with weather, and what sensors feel by themselves.
    private static let recipe = """
        dataset: {name: weather, seed: 7, start: 2025-03-01, duration: 4d}
        simulation: {interval: 10m}
        fleet:
          - {count: 4, prefix: OUT, climate: city, random_location: {enabled: true, number_of_cities: 2}}
          - {count: 2, prefix: COLD, location: Oslo}
        anomalies: {probability: 0.03}
        phenomena:
          - {phenomenon: rain, every: 12h}
          - {phenomenon: sun, every: 1d}
          - {phenomenon: door, every: 3h, duration: [90s, 6m], metrics: {temperature: 26}, only: COLD}
        """

    init() throws {
        workspace = try Workspace()
        try workspace.write(Self.recipe, to: "weather.yaml")
        try workspace.write("letmein\n", to: "token")
    }

    private func load(_ url: String, _ options: String...) throws -> Outcome {
        try workspace.run(["load", "weather.yaml", url, "--labels", "table", "--json"] + options)
    }

    /// How many rows `phenomena.csv` has.
    private func rowCount(_ options: String...) throws -> Int {
        let outcome = try workspace.run(
            ["recipe", "weather.yaml", "-o", "counted", "--overwrite", "--format", "csv", "--quiet"] + options
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
        let text = try workspace.text("counted/phenomena.csv")
        try #require(["rain", "sun", "door"].allSatisfy { text.contains(",\($0),") })
        return text.split(separator: "\n").count - 1
    }

    private func expectProven(_ outcome: Outcome, _ count: Int) {
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("\"phenomena\":\(count)"), "\(outcome.output)")
    }

    @Test("has in PostgreSQL what phenomena.csv has", arguments: ["star", "wide"])
    func postgreSQL(layout: String) throws {
        let server = try PostgreSQLServer(workspace)
        let count = try rowCount()
        expectProven(try load(server.url(), "--layout", layout), count)
        expectProven(try load(server.url(), "--layout", layout, "--if-exists", "replace"), count)
        try server.query(
            """
            CREATE TABLE csv (LIKE readings_phenomena);
            ALTER TABLE csv ALTER sensor_id TYPE text;
            SET timezone = 'UTC';
            \\copy csv from 'counted/phenomena.csv' with (format csv, header)
            """
        )
        let name = layout == "star" ? "(SELECT name FROM sensors AS s WHERE s.sensor_id = p.sensor_id)" : "sensor_id"
        let columns = "phenomenon_id, phenomenon, location, sensor_id, metrics, start, \"end\""
        let stored = "SELECT \(columns.replacing("sensor_id", with: name)) FROM readings_phenomena AS p"
        let differing =
            "SELECT count(*) FROM ((\(stored) EXCEPT ALL SELECT \(columns) FROM csv) UNION ALL "
            + "(SELECT \(columns) FROM csv EXCEPT ALL \(stored))) AS differing"
        #expect(try server.query(differing) == "0")
        let text = try workspace.run(
            "load",
            "weather.yaml",
            server.url(),
            "--labels",
            "table",
            "--layout",
            layout,
            "--verify-only"
        )
        #expect(text.output.contains("proven: \(count) phenomena, every value"), "\(text.output)")
        // Without its section, a replaced load takes the table along.
        let without = try load(server.url(), "--layout", layout, "--if-exists", "replace", "--set", "phenomena=[]")
        #expect(without.status == 0 && !without.output.contains("phenomena"), "\(without)")
        #expect(try server.query("SELECT to_regclass('readings_phenomena') IS NULL") == "t")
    }

    @Test(
        "finds out what is no longer what was sent",
        arguments: [
            ("UPDATE readings_phenomena SET location = 'X' WHERE phenomenon = 'rain'", "column location: X is stored"),
            ("UPDATE readings_phenomena SET metrics = 'a' WHERE phenomenon = 'door'", "column metrics: a is stored"),
            ("UPDATE readings_phenomena SET \"end\" = \"end\" + '1 us'", "column end: "),
            ("DELETE FROM readings_phenomena WHERE sensor_id IS NULL", ": it is missing"),
            ("INSERT INTO readings_phenomena SELECT * FROM readings_phenomena", ": it is there 2 times"),
            (
                """
                INSERT INTO readings_phenomena SELECT 'rain-9-9', phenomenon, location, NULL, metrics, start, "end"
                FROM readings_phenomena LIMIT 1
                """, "phenomenon rain-9-9: it was not sent"
            ),
            ("DROP TABLE readings_phenomena", "readings_phenomena is not there"),
        ]
    )
    func foundOut(damage: String, finding: String) throws {
        let server = try PostgreSQLServer(workspace)
        #expect(try load(server.url()).status == 0)
        try server.query(damage)
        let outcome = try load(server.url(), "--verify-only", "--verify", "count")
        #expect(outcome.status == 76 && outcome.errors.contains(finding), "\(damage) \(outcome)")
    }

    @Test("shares phenomena of a city with other loads, each once, and is filled once")
    func besides() throws {
        let server = try PostgreSQLServer(workspace)
        #expect(try load(server.url()).status == 0)
        let other = ["--set", "fleet.0.prefix=OTHER", "--set", "fleet.1.prefix=WARM", "--set", "phenomena.2.only=WARM"]
        for options in [["--if-exists", "append"], ["--verify-only"], ["--resume"]] {
            let outcome = try workspace.run(
                ["load", "weather.yaml", server.url(), "--labels", "table"] + other + options
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(try load(server.url(), "--verify-only").status == 0)
        let twice =
            "SELECT count(*) FROM (SELECT phenomenon_id FROM readings_phenomena WHERE sensor_id IS NULL "
            + "GROUP BY 1 HAVING count(*) > 1) AS twice"
        #expect(try server.query(twice) == "0")
        let before = try server.query("SELECT count(*) FROM readings_phenomena")
        // As the database was before the last transaction of the first load.
        try server.query(
            """
            UPDATE gen_dataset_loads SET loaded = NULL WHERE load_id = 1;
            DELETE FROM readings_events WHERE sensor_id <= 6;
            DELETE FROM readings_phenomena WHERE sensor_id <= 6
            """
        )
        #expect(try load(server.url(), "--resume").status == 0)
        #expect(try server.query("SELECT count(*) FROM readings_phenomena") == before)
    }

    @Test("has the same phenomena in ClickHouse, once")
    func clickHouse() throws {
        let server = try ClickHouseServer(workspace)
        let count = try rowCount()
        for option in [["--journal", "j"], ["--if-exists", "replace"], ["--verify-only"]] {
            expectProven(
                try workspace.run(["load", "weather.yaml", server.url(), "--labels", "table", "--json"] + option),
                count
            )
            #expect(try server.query("SELECT count() FROM readings_phenomena") == String(count))
        }
        let again = try load(server.url(), "--if-exists", "append")
        #expect(again.status == 73, "\(again.errors)")
        let other = try load(
            server.url(),
            "--if-exists",
            "append",
            "--set",
            "fleet.0.prefix=OTHER",
            "--set",
            "fleet.1.prefix=WARM",
            "--set",
            "phenomena.2.only=WARM"
        )
        expectProven(other, try rowCount("--set", "fleet.1.prefix=WARM", "--set", "phenomena.2.only=WARM"))
        expectProven(try load(server.url(), "--verify-only"), count)
        let twice =
            "SELECT count() FROM (SELECT phenomenon_id FROM readings_phenomena WHERE sensor_id IS NULL "
            + "GROUP BY phenomenon_id HAVING count() > 1)"
        #expect(try server.query(twice) == "0")
        try server.query("CREATE TABLE copy AS readings_phenomena")
        try server.query(
            "INSERT INTO copy SELECT phenomenon_id, phenomenon, location, sensor_id, metrics, start, end + 60 "
                + "FROM readings_phenomena"
        )
        try server.query("DROP TABLE readings_phenomena")
        try server.query("RENAME TABLE copy TO readings_phenomena")
        let changed = try load(server.url(), "--verify-only")
        #expect(changed.status == 76 && changed.errors.contains("column end: "), "\(changed.errors)")
    }

    @Test("has the same phenomena in InfluxDB, once")
    func influx() throws {
        let server = try InfluxServer(workspace)
        let count = try rowCount()
        for option in [["--table", "climate"], ["--if-exists", "replace", "--table", "climate"]] {
            let outcome = try workspace.run(
                ["load", "weather.yaml", server.url(), "--labels", "table", "--json"] + option
            )
            expectProven(outcome, count)
        }
        expectProven(try load(server.url(), "--table", "climate", "--verify-only"), count)
        try workspace.write(
            "climate_phenomena,phenomenon=door,location=Oslo,sensor_id=COLD_000001 end=1i 1740787260",
            to: "line"
        )
        let url = "http://127.0.0.1:\(server.port)/write?db=lab&precision=s"
        try #require(try workspace.shell("curl -sf -XPOST '\(url)' --data-binary @line").status == 0)
        let changed = try load(server.url(), "--table", "climate", "--verify-only")
        #expect(
            changed.status == 76 && changed.errors.contains("phenomenon NULL: it was not sent"),
            "\(changed.errors)"
        )
    }

    @Test("has the same phenomena in a stand-in for QuestDB")
    func questDB() throws {
        let server = try QuestDBStandIn(workspace)
        defer { server.stop() }
        let url = server.url
        let count = try rowCount()
        expectProven(try load(url, "--token-file", "token"), count)
        expectProven(try load(url, "--token-file", "token", "--if-exists", "replace"), count)
        let other = try load(url, "--token-file", "token", "--verify-only", "--seed", "8")
        #expect(other.status == 76 && other.errors.contains("_phenomena\", phenomenon "), "\(other.errors)")
    }

    @Test("brings readings alone where labels are theirs, or none")
    func readingsAlone() throws {
        let server = try PostgreSQLServer(workspace)
        for labels in ["fields", "none"] {
            let outcome = try workspace.run(
                "load",
                "weather.yaml",
                server.url(),
                "--labels",
                labels,
                "--if-exists",
                "replace",
                "--json"
            )
            #expect(outcome.status == 0 && !outcome.output.contains("phenomena"), "\(outcome)")
            #expect(try server.query("SELECT to_regclass('readings_phenomena') IS NULL") == "t")
        }
    }
}
