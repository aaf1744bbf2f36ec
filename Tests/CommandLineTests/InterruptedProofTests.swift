import Foundation
import Testing

/// The server ends in the middle of an answer, and comes back after an attempt has failed.
@Suite("A proof during which the server is killed", .timeLimit(.minutes(30)))
struct InterruptedProofTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.days, to: "days.yaml")
    }

    /// Loads, and has the server killed as soon as it has given half of the answer to a request in which a pattern is found.
    private func expectProven(
        _ scheme: String,
        port upstream: Int,
        _ place: String,
        proof: String,
        asked pattern: String,
        isShort: Bool = false,
        kill: () throws -> Void,
        start: () throws -> Void
    ) throws {
        let gate = try Gate(workspace, before: upstream, holding: pattern, isShort: isShort)
        let url = "\(scheme)://127.0.0.1:\(gate.port)\(place)"
        let run = try workspace.start("load", "days.yaml", url, "--verify", proof, "--journal", "load.journal")
        try wait(seconds: 240, of: run, or: "nothing is asked for") { workspace.exists("reached") ? () : nil }
        try kill()
        try workspace.write("", to: "open")
        try wait(seconds: 60, of: run, or: "nothing is tried again") {
            try run.errorsSoFar().contains("note: tried again") ? () : nil
        }
        try start()
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: "), "\(outcome.output)")
        for name in ["reached", "open"] { try workspace.remove(name) }
    }

    @Test(
        "is given up at a signal, whatever the server does, and made up for; what the server has lost meanwhile is sent again"
    )
    func signal() throws {
        let server = try InfluxServer(workspace)
        let gate = try Gate(workspace, before: server.port, holding: "GROUP BY")
        let load = ["load", "days.yaml", "influx://127.0.0.1:\(gate.port)/lab", "--journal", "load.journal"]
        let run = try workspace.start(load)
        try wait(seconds: 240, of: run, or: "nothing is asked for") { workspace.exists("reached") ? () : nil }
        run.send(SIGINT)
        let outcome = try run.outcome()
        #expect(outcome.status == 130, "\(outcome)")
        #expect(outcome.errors.contains("interrupted; all readings are sent, none is proven"), "\(outcome.errors)")
        try workspace.write("", to: "open")
        try server.query("DELETE FROM sensor_data WHERE time < '2025-01-01T05:00:00Z'")
        let again = try workspace.run(load + ["--resume"])
        #expect(again.status == 0 && again.output.contains("proven: "), "\(again)")
        #expect(again.errors.contains("the server had lost what it had acknowledged"), "\(again.errors)")
    }

    @Test(
        "asks ClickHouse again",
        arguments: [("sums", "GROUP BY sensor_id, window"), ("rows", "anomaly_type` FROM .*WHERE")]
    )
    func clickHouse(proof: String, pattern: String) throws {
        let server = try ClickHouseServer(workspace)
        try expectProven(
            "clickhouse",
            port: server.port,
            "/lab",
            proof: proof,
            asked: pattern,
            kill: server.stop,
            start: server.start
        )
    }

    @Test("asks InfluxDB again", arguments: [("sums", "GROUP BY"), ("rows", "SELECT .*anomaly_type")])
    func influx(proof: String, pattern: String) throws {
        let server = try InfluxServer(workspace)
        try expectProven(
            "influx",
            port: server.port,
            "/lab",
            proof: proof,
            asked: pattern,
            kill: server.stop,
            start: server.start
        )
    }

    /// An export that is cut off looks complete where a proxy says how long it is; its last line tells.
    @Test("asks VictoriaMetrics again", arguments: [false, true])
    func victoriaMetrics(isShort: Bool) throws {
        let server = try VictoriaMetricsServer(workspace)
        try expectProven(
            "victoriametrics",
            port: server.port,
            "",
            proof: "rows",
            asked: "/api/v1/export",
            isShort: isShort,
            kill: server.kill,
            start: server.start
        )
    }

    /// The proof waits for a table that another one has locked when the server ends.
    @Test("asks PostgreSQL again", arguments: ["sums", "rows"])
    func postgreSQL(proof: String) throws {
        let server = try PostgreSQLServer(workspace)
        #expect(try workspace.run("load", "days.yaml", server.url(), "--verify", "none").status == 0)
        let lock = "BEGIN; LOCK TABLE readings; SELECT pg_sleep(300)"
        let locking = try workspace.startProgram(["psql", "-X", server.url(), "-c", lock])
        try wait(of: locking, or: "nothing is locked") {
            let held = "mode = 'AccessExclusiveLock' AND granted AND relation = 'readings'::regclass"
            return try server.query("SELECT count(*) FROM pg_locks WHERE \(held)") == "1" ? () : nil
        }
        let run = try workspace.start("load", "days.yaml", server.url(), "--verify-only", "--verify", proof)
        try wait(seconds: 60, of: run, or: "the proof waits for nothing") {
            try server.query("SELECT count(*) FROM pg_locks WHERE NOT granted") == "0" ? nil : ()
        }
        try server.stop()
        try wait(seconds: 60, of: run, or: "nothing is tried again") {
            try run.errorsSoFar().contains("note: tried again") ? () : nil
        }
        try server.start()
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: "), "\(outcome.output)")
    }
}
