import DatasetGen
import DatasetLive
import Foundation
import GRDB
import Testing

@Suite("What a run has done") struct TotalsTests {
    private static let recipe = """
        dataset: {seed: 13, start: 2026-05-01, duration: 20m}
        replicas: {count: 5}
        anomalies: {probability: 0.2, types: {spike: {}, noise: {}, missing_data: {duration: 20s, modes: [omit, null]}}}
        """

    private func stop(_ fixture: LiveFixture, _ clock: ManualClock, after seconds: Double) throws {
        let begin = clock.now().microseconds
        var options = LiveOptions()
        options.isStopRequested = { Double(clock.now().microseconds - begin) / 1e6 >= seconds }
        _ = try fixture.run(Self.recipe, clock: clock, monitor: LiveMonitor(clock: clock), options: options)
    }

    private func check(_ status: LiveStatus, _ fixture: LiveFixture) throws {
        #expect(status.readings == 6_000)
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [status.totals.rows])
        for type in [AnomalyType.spike, .noise] {
            let query = "SELECT count(*) FROM sensor_data WHERE anomaly_type = '\(type.name)'"
            #expect(try fixture.values(query) == [status.anomalies[type] ?? -1])
        }
        let omitted = status.readings - status.totals.rows
        let rows: [Int64] = try fixture.values("SELECT count(*) FROM sensor_data WHERE anomaly_type = 'missing_data'")
        #expect(omitted > 0 && status.anomalies[.missingData] == omitted + rows[0])
    }

    @Test("counts from its beginning, however often it was stopped")
    func resumes() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        for seconds in [50.0, 120, 200] {
            try stop(fixture, clock, after: seconds)
            clock.advance(seconds: 100)
        }
        let monitor = LiveMonitor(clock: clock)
        #expect(try fixture.run(Self.recipe, clock: clock, monitor: monitor) == .finished)
        let status = monitor.status()
        try check(status, fixture)
        #expect(status.totals.beganAt.text == "2026-05-01T12:00:00.000000")
        // The pauses do not count.
        #expect(abs(status.totals.runningSeconds - 899) < 5, "\(status.totals.runningSeconds)")
        #expect(status.plannedReadings == 6_000)
    }

    @Test("is counted once where a database does not say it")
    func withoutTotals() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        try stop(fixture, clock, after: 400)
        try DatabaseQueue(path: fixture.database).write { try $0.execute(sql: "DROP TABLE live_totals") }
        let monitor = LiveMonitor(clock: clock)
        #expect(try fixture.run(Self.recipe, clock: clock, monitor: monitor) == .finished)
        try check(monitor.status(), fixture)
    }

    @Test("survives what another program makes of it", arguments: ["{}", "[]", "", "{\"began_at\":\"2026-05-01\"}"])
    func nonsense(text: String) throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        try stop(fixture, clock, after: 100)
        try DatabaseQueue(path: fixture.database)
            .write { database in
                try database.execute(sql: "UPDATE live_totals SET totals = ?", arguments: [text])
            }
        #expect(try fixture.run(Self.recipe, clock: clock) == .finished)
        #expect(try fixture.values("SELECT count(DISTINCT timestamp) FROM sensor_data") == [1_200])
    }

    @Test("has a seed that JSON holds exactly")
    func seed() throws {
        for _ in 0..<20 {
            let fixture = try LiveFixture()
            _ = try fixture.run("simulation: {run_time_seconds: 1}")
            let seeds: [String] = try fixture.values("SELECT seed FROM live_versions")
            #expect(seeds.first.flatMap { Int64($0) }.map { $0 < 1 << 53 } == true, "\(seeds)")
        }
    }

    @Test("a database whose numbers are used up is refused")
    func lastNumber() throws {
        let fixture = try LiveFixture()
        _ = try fixture.run("dataset: {seed: 1}\nsimulation: {run_time_seconds: 1}")
        try DatabaseQueue(path: fixture.database)
            .write { try $0.execute(sql: "UPDATE sqlite_sequence SET seq = 9223372036854775807") }
        #expect(throws: LiveError.self) {
            try fixture.run("dataset: {seed: 2}", "database.preserve_existing_db=true")
        }
    }
}
