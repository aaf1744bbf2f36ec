import Foundation
import Testing

/// TimescaleDB has no package here: real PostgreSQL with a stand-in for what the extension adds.
@Suite("A load into a hypertable", .timeLimit(.minutes(30)))
struct TimescaleLoadTests {
    private let workspace: Workspace
    private let server: PostgreSQLServer

    init() throws {
        workspace = try Workspace()
        server = try PostgreSQLServer(workspace)
        try workspace.write(Samples.days, to: "days.yaml")
    }

    private var url: String { server.url().replacing("postgres://", with: "timescale://") }

    private func load(_ options: String...) throws -> Outcome {
        try workspace.run(["load", "days.yaml", url] + options)
    }

    private func addExtension(_ version: String) throws {
        let script = Locations.reader("timescale_standin").replacing(".py", with: ".sql")
        let outcome = try workspace.shell(
            "psql -X -q -v ON_ERROR_STOP=1 -v version=\(version) '\(server.url())' -f '\(script)'"
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("creates it, finishes and replaces it, and proves every row", arguments: ["star", "wide", "narrow"])
    func created(layout: String) throws {
        try addExtension("2.19.3")
        for options in [[], ["--resume"], ["--if-exists", "replace"], ["--verify-only"]] {
            let outcome = try workspace.run(
                ["load", "days.yaml", url, "--layout", layout, "--labels", "table", "--verify", "rows"] + options
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let column = try server.query("SELECT column_name FROM timescaledb_information.dimensions")
        #expect(column == (layout == "wide" ? "timestamp" : "time"))
        #expect(try server.query("SELECT count(*) FROM readings") != "0")
    }

    @Test("from version 2.20 on has the server create it at once")
    func atOnce() throws {
        let printed = try load("--create", "print")
        let options = """
            \n) WITH (
                tsdb.hypertable,
                tsdb.partition_column = 'time',
                tsdb.segmentby = 'sensor_id',
                tsdb.orderby = '"time" DESC'
            );
            """
        #expect(printed.output.contains(options), "\(printed.output)")
        #expect(!printed.output.contains("FOREIGN KEY"), "\(printed.output)")
        try addExtension("2.20.0-dev")
        // PostgreSQL itself knows no such options.
        let outcome = try load()
        #expect(outcome.status == 74 && outcome.errors.contains("namespace \"tsdb\""), "\(outcome)")
        #expect(try server.query("SELECT to_regclass('readings') IS NULL") == "t")
    }

    @Test("refuses where there is none, and where readings would be dropped")
    func refusals() throws {
        let missing = try load()
        #expect(missing.status == 73 && missing.errors.contains("CREATE EXTENSION timescaledb adds it"), "\(missing)")
        try addExtension("2.11.0")
        let plain = try workspace.run("load", "days.yaml", server.url(), "--duration", "1h")
        #expect(plain.status == 0, "\(plain.errors)")
        let ordinary = try load("--if-exists", "append")
        #expect(ordinary.status == 73 && ordinary.errors.contains("is no hypertable"), "\(ordinary)")
        #expect(try load("--if-exists", "replace", "--duration", "1h").status == 0)
        let append = ["--set", "fleet.0.prefix=OTHER", "--if-exists", "append"]
        try server.query(
            """
            INSERT INTO timescaledb_information.jobs
            VALUES ('policy_retention', 'public', 'readings', '{"drop_after": "30 days"}')
            """
        )
        let dropped = try workspace.run(["load", "days.yaml", url] + append)
        #expect(
            dropped.status == 65 && dropped.errors.contains("keeps 30 days; readings begin at 2025-01-01"),
            "\(dropped)"
        )
        try server.query("UPDATE timescaledb_information.jobs SET config = '{\"drop_after\": \"100 years\"}'")
        let kept = try workspace.run(["load", "days.yaml", url] + append)
        #expect(kept.status == 0, "\(kept.errors)")
        try server.query("UPDATE standin_dimensions SET column_name = 'anomaly_type'")
        let other = try load("--if-exists", "append", "--set", "fleet.0.prefix=MORE")
        #expect(
            other.status == 73 && other.errors.contains("is partitioned by anomaly_type; it must be by time"),
            "\(other)"
        )
        try server.query("SET allow_system_table_mods = on; UPDATE pg_extension SET extversion = '1.7.5'")
        let old = try load("--if-exists", "append", "--set", "fleet.0.prefix=MORE")
        #expect(old.status == 73 && old.errors.contains("it must be 2.0 or later"), "\(old)")
    }
}
