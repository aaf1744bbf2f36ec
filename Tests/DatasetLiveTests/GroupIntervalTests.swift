import DatasetGen
import DatasetLive
import Testing

@Suite("A live run of groups with intervals of their own") struct GroupIntervalTests {
    private static let recipe = """
        dataset: {name: mixed, seed: 3, start: 2026-05-01, duration: 20m}
        simulation: {interval: 2s}
        fleet:
          - {count: 3, prefix: SLOW, interval: 10s}
          - {count: 2, prefix: FAST}
          - {count: 2, prefix: SLOWER, interval: 1m, anomalies: {probability: 0.3}}
        anomalies: {probability: 0.1, types: {spike: {}, missing_data: {duration: 20s, modes: [omit]}}}
        """

    @Test("writes what a batch run writes")
    func sameRows() async throws {
        let fixture = try LiveFixture()
        _ = try fixture.run(Self.recipe)
        let live = try fixture.readings()
        #expect(try await fixture.batch(Self.recipe) == live)
        let slow = "SELECT count(*) FROM sensor_data WHERE sensor_id = 'SLOW_000001' AND timestamp NOT LIKE '%0.000000'"
        #expect(try fixture.values(slow) == [0])
    }

    @Test("knows each sensor's current reading, and the last ones of each")
    func current() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        let monitor = LiveMonitor(clock: clock)
        _ = try fixture.run(Self.recipe.replacing("omit", with: "stuck"), clock: clock, monitor: monitor)
        let readings = monitor.currentReadings()
        #expect(readings.map(\.sensor) == Array(0..<7))
        let query = "SELECT max(id) FROM sensor_data GROUP BY sensor_id ORDER BY 1"
        #expect(try fixture.values(query) == readings.map(\.number).sorted())
        #expect(monitor.status().askedReadingsPerSecond == 3 / 10.0 + 2 / 2.0 + 2 / 60.0)
        let last = monitor.readings(ofSensor: 5, last: 3)
        let times: [String] = try fixture.values(
            "SELECT timestamp FROM sensor_data WHERE sensor_id = 'SLOWER_000001' ORDER BY id DESC LIMIT 3"
        )
        #expect(last.map(\.time.text).reversed() == times)
        #expect(monitor.latestReadings(4).count == 4)
    }
}
