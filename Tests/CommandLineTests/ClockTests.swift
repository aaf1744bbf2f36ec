import Foundation
import Testing

@Suite("A live run whose clock is set", .timeLimit(.minutes(30)))
struct ClockTests {
    private let workspace: Workspace
    private let clock: SetClock
    private let port = Int.random(in: 20_000..<32_000)

    init() throws {
        workspace = try Workspace()
        clock = try SetClock(workspace)
        let recipe = """
            dataset: {name: clock, seed: 8}
            replicas: {count: 4}
            simulation: {interval: 250ms}
            monitoring: {enabled: true, port: \(port)}
            logging: {file: live.log}
            """
        try workspace.write(recipe, to: "live.yaml")
    }

    private struct Figures: Decodable {
        var rows: Int
        var times: Int
        var seconds: Double
    }

    private func figures() throws -> Figures {
        let query = """
            SELECT count(*) AS rows, count(DISTINCT timestamp) AS times,
                coalesce((julianday(max(timestamp)) - julianday(min(timestamp))) * 86400, 0) AS seconds FROM sensor_data
            """
        let found: [Figures] = try workspace.query(query, of: "data/sensor_data.db")
        return try #require(found.first)
    }

    private func wait(for text: String, at path: String) throws -> String {
        try workspace.answer(with: text, at: path, port: port)
    }

    private func start() throws -> RunningProcess {
        try workspace.start("recipe", "live.yaml", "--realtime", "-q", environment: clock.environment)
    }

    /// Every tick from the first to the last is there once for each sensor.
    private func expectAll(_ figures: Figures) {
        #expect(
            figures.rows == 4 * figures.times && figures.times == Int((figures.seconds * 4).rounded()) + 1,
            "\(figures)"
        )
    }

    @Test("back by an hour says so, waits, and writes nothing twice")
    func back() throws {
        let run = try start()
        // A run is healthy before its first tick, and its database empty.
        try workspace.waitForReading(4, of: run)
        _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        try clock.set(to: -3_600)
        let health = try wait(for: "set back by 1h", at: "/healthz")
        #expect(health.contains("200 OK") && health.contains(#""status":"degraded""#))
        let rows = try figures().rows
        usleep(1_000_000)
        #expect(try figures().rows == rows)
        let status = try wait(for: "elapsed_seconds", at: "/statusz")
        #expect(!status.contains(#""elapsed_seconds":-"#))
        try clock.set(to: 0)
        _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        usleep(1_000_000)
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
        let all = try figures()
        #expect(all.rows > rows)
        expectAll(all)
        let log = try workspace.text("live.log")
        #expect(log.contains("WARNING the clock was set back by 1h; readings wait until"), "\(log)")
    }

    @Test("forward by an hour says how much is caught up, and loses nothing")
    func forward() throws {
        let run = try start()
        // A run that has written nothing yet may begin behind the leap.
        try workspace.waitForReading(4, of: run)
        _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        try clock.set(to: 3_600)
        try workspace.waitForReading(57_600, of: run)
        _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
        let all = try figures()
        #expect(all.rows >= 57_600)
        expectAll(all)
        let log = try workspace.text("live.log")
        let told = try #require(log.firstMatch(of: /set forward by 1h; ([0-9]+) readings are caught up/), "\(log)")
        #expect(try #require(Int(told.1)) >= 57_500)
    }

    @Test("from years ago, at a restart, catches up; with a limit it says what it leaves out")
    func years() throws {
        try clock.set(to: -2 * 365 * 86_400)
        let first = try start()
        try workspace.waitForReading(4, of: first)
        first.send(SIGTERM)
        #expect(try first.outcome().status == 0)
        try clock.set(to: 0)
        let second = try workspace.start(
            ["recipe", "live.yaml", "--realtime", "-q", "--set", "live.max_catch_up=1d"],
            environment: clock.environment
        )
        // Before its first tick it has neither skipped nor buffered any.
        _ = try wait(for: #""skipped_readings":100"#, at: "/metricz")
        _ = try wait(for: #""buffered_readings":0"#, at: "/healthz")
        second.send(SIGTERM)
        #expect(try second.outcome().status == 0)
        let log = try workspace.text("live.log")
        #expect(log.contains("live.max_catch_up is 1d"), "\(log)")
        #expect(try figures().rows > 4 * 4 * 86_400)
    }

    @Test("and a run that was stopped for some seconds has every reading once")
    func stopped() throws {
        let run = try start()
        try workspace.waitForReading(4, of: run)
        // A run that is stopped while it writes locks its database.
        let before = try figures().rows
        run.send(SIGSTOP)
        usleep(4_000_000)
        run.send(SIGCONT)
        try workspace.waitForReading(before + 60, of: run)
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
        let all = try figures()
        #expect(all.rows >= before + 60)
        expectAll(all)
    }
}
