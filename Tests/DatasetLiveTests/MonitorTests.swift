import DatasetGen
import DatasetLive
import Foundation
import Testing

@Suite("The monitor") struct MonitorTests {
    private static let recipe = """
        dataset: {name: watched, seed: 3, start: 2026-05-01, duration: 10m}
        replicas: {count: 7}
        anomalies: {probability: 0.2, types: {spike: {}, noise: {}, missing_data: {duration: 20s, modes: [omit, null]}}}
        """

    @Test("knows what the database holds")
    func status() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        let monitor = LiveMonitor(clock: clock)
        #expect(monitor.status().health == .starting)
        #expect(monitor.sensors().isEmpty && monitor.latestReadings(5).isEmpty)
        _ = try fixture.run(Self.recipe, clock: clock, monitor: monitor)
        let status = monitor.status()
        #expect(status.health == .stopped && status.problem == nil && status.errorCount == 0)
        #expect(status.name == "watched" && status.seed == 3 && status.sensorCount == 7)
        #expect(status.readings == 4_200 && status.readingsWaiting == 0)
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [status.rowsWritten])
        for type in [AnomalyType.spike, .noise] {
            let query = "SELECT count(*) FROM sensor_data WHERE anomaly_type = '\(type.name)'"
            #expect(try fixture.values(query) == [status.anomalies[type] ?? -1])
        }
        #expect(status.askedReadingsPerSecond == 7 && status.versions.count == 1)
        #expect((status.latenessP99 ?? 1) < 0.001)
        #expect(status.uptimeSeconds == 599)
    }

    @Test("computes recent readings again")
    func readings() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        let monitor = LiveMonitor(clock: clock)
        _ = try fixture.run(Self.recipe, clock: clock, monitor: monitor)
        let latest = monitor.latestReadings(20)
        #expect(latest.count > 10)
        let ids: [Int64] = try fixture.values("SELECT id FROM sensor_data WHERE id > 4180 ORDER BY id")
        #expect(latest.map(\.number) == ids)
        let sensor = try #require(monitor.sensors().first { $0.index == 4 })
        let ofSensor = monitor.readings(ofSensor: 4, last: 100)
        #expect(ofSensor.last?.sensorID == sensor.id)
        let temperatures: [Double?] = try fixture.values(
            "SELECT temperature FROM sensor_data WHERE sensor_id = '\(sensor.id)' AND id > 3500 ORDER BY id"
        )
        #expect(ofSensor.map { $0.values[0] } == temperatures)
        #expect(monitor.readings(ofSensor: 7, last: 5).isEmpty)
    }
}
