import Foundation
import Testing

@Suite("A large database that is looked through", .timeLimit(.minutes(30)))
struct ScanTests {
    private let workspace: Workspace
    private let port = Int.random(in: 20_000..<32_000)

    init() throws {
        workspace = try Workspace()
        let recipe = """
            dataset: {name: large, seed: 5, start: 2026-05-01}
            database: {preserve_existing_db: true}
            monitoring: {enabled: true, port: \(port)}
            """
        try workspace.write(recipe, to: "live.yaml")
    }

    /// Begins to ask, and will give the seconds that the answer takes.
    private func ask(_ path: String) throws -> RunningProcess {
        let arguments = ["curl", "-s", "-o", "/dev/null", "-w", "%{time_total}", "localhost:\(port)\(path)"]
        return try RunningProcess(URL(filePath: "/usr/bin/env"), arguments, in: workspace.folder)
    }

    private func seconds(_ request: RunningProcess) throws -> Double {
        let outcome = try request.outcome()
        return try #require(Double(outcome.output), "\(outcome)")
    }

    @Test("does not hold up the health check")
    func health() throws {
        let first = try workspace.run(["recipe", "live.yaml", "--realtime", "-q", "--duration", "1s"])
        #expect(first.status == 0, "\(first.errors)")
        // As another program writes them, with ids that are in nobody's way: as many as are counted at all.
        let rows = """
            INSERT INTO sensor_data (id, timestamp, sensor_id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 \
            FROM n WHERE i < 3500000) SELECT -i, '', '' FROM n
            """
        #expect(try workspace.shell("sqlite3 data/sensor_data.db \"\(rows)\"").status == 0)
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        _ = try workspace.answer(with: #""status":"healthy""#, at: "/healthz", port: port)
        // The first answers may come before the database can be looked through.
        var (scanned, slowest) = (0.0, 0.0)
        for _ in 0..<20 where scanned < 0.3 {
            let scan = try ask("/db_stats")
            slowest = 0
            for _ in 0..<20 { slowest = max(slowest, try seconds(ask("/healthz"))) }
            scanned = try seconds(scan)
            usleep(200_000)
        }
        try #require(scanned >= 0.3, "too short to tell")
        #expect(slowest < scanned / 2, "\(slowest) s while a scan took \(scanned) s")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
    }
}
