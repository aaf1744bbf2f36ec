import DatasetGen
import DatasetLive
import Foundation
import Synchronization
import Testing

@Suite("Pacing") struct PacingTests {
    private static let fleet = """
        dataset: {seed: 11, start: 2026-05-01}
        replicas: {count: 7}
        anomalies:
          probability: 0.2
          types: {spike: {}, trend: {duration: 30s}, missing_data: {duration: 20s, modes: [null, omit]}, noise: {}}
        """

    @Test("a live run has the rows of the batch run", arguments: ["1s", "250ms", "7s", "1/3s"])
    func sameRows(interval: String) async throws {
        let fixture = try LiveFixture()
        let settings = ["simulation.interval=\(interval)", "dataset.duration=20m"]
        let outcome = try fixture.run(Self.fleet, settings[0], settings[1])
        #expect(outcome == .finished)
        let batch = try await fixture.batch(Self.fleet, settings[0], settings[1])
        #expect(batch.count > 500)
        #expect(try fixture.readings() == batch)
    }

    @Test("a run without end has the rows of one that ends")
    func endless() async throws {
        let fixture = try LiveFixture()
        let start = SimulatedTime(parsing: "2026-05-01T12:00:00")!
        let clock = ManualClock()
        var options = LiveOptions()
        options.isStopRequested = { clock.now().microseconds - start.microseconds > 900_000_000 }
        let outcome = try fixture.run(Self.fleet, clock: clock, options: options)
        #expect(outcome == .stopped)
        let rows = try fixture.readings()
        let batch = try await fixture.batch(Self.fleet, "dataset.duration=20m")
        #expect(rows.count > 6_000 && rows[...] == batch.prefix(rows.count))
    }

    @Test("readings come when the clock reaches them, however long a write takes")
    func noDrift() throws {
        let fixture = try LiveFixture()
        let start = SimulatedTime(parsing: "2026-05-01T12:00:00")!
        let monitor = Mutex<LiveMonitor?>(nil)
        let counts = Mutex<[Double: Int64]>([:])
        let clock = ManualClock { now in
            guard let monitor = monitor.withLock({ $0 }) else { return }
            counts.withLock { $0[Double(now.microseconds - start.microseconds) / 1e6] = monitor.status().readings }
        }
        monitor.withLock { $0 = LiveMonitor(clock: clock) }
        let outcome = try fixture.run(
            "dataset: {seed: 1, start: 2026-05-01}",
            "simulation.readings_per_second=20",
            "dataset.duration=60s",
            clock: clock,
            monitor: monitor.withLock { $0 }
        )
        #expect(outcome == .finished)
        for (seconds, count) in counts.withLock({ $0 }) {
            #expect(count == min(1_200, Int64(seconds * 20 + 1e-6) + 1), "after \(seconds) s")
        }
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [1_200])
    }

    @Test("late work is caught up, and wake-ups stay rare")
    func catchesUp() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock(jumpingBy: 10, at: "2026-05-01T12:00:30")
        _ = try fixture.run(
            "dataset: {seed: 1, start: 2026-05-01}",
            "simulation.readings_per_second=1000",
            "dataset.duration=60s",
            clock: clock
        )
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [60_000])
        #expect(clock.waitCount <= 5_010)
    }

    @Test("the past is written first, then the present, without gap or double")
    func backfill() async throws {
        let fixture = try LiveFixture()
        var options = LiveOptions()
        options.backfill = 3_600_000_000
        let clock = ManualClock()
        let outcome = try fixture.run(Self.fleet, "dataset.duration=60s", clock: clock, options: options)
        #expect(outcome == .finished)
        #expect(clock.now().text == "2026-05-01T12:00:59.000000")
        let batch = try await fixture.batch(
            Self.fleet,
            "dataset.start=2026-04-30T23:00:00",
            "dataset.duration=61m"
        )
        #expect(try fixture.readings() == batch)
    }

    @Test("a faster clock gives the same rows sooner")
    func speed() throws {
        let fixture = try LiveFixture()
        var options = LiveOptions()
        options.speed = 60
        let clock = ManualClock()
        _ = try fixture.run(Self.fleet, "dataset.duration=1h", clock: clock, options: options)
        #expect(clock.now().text.hasPrefix("2026-05-01T12:00:59.98"))
        #expect(try fixture.values("SELECT count(DISTINCT timestamp) FROM sensor_data") == [3_600])
    }

    @Test("a run starts at the next whole second, after its delay")
    func start() throws {
        let fixture = try LiveFixture()
        _ = try fixture.run(
            "simulation: {run_time_seconds: 2, start_delay_seconds: 10}",
            clock: ManualClock("2026-05-01T12:00:00.25")
        )
        #expect(try fixture.values("SELECT min(timestamp) FROM sensor_data") == ["2026-05-01T12:00:11.000000"])
    }

    @Test("a thousandth of a reading a second waits a quarter of an hour for the next")
    func slow() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        _ = try fixture.run(
            "simulation: {readings_per_second: 0.001, run_time_seconds: 5000}",
            "dataset.start=2026-05-01",
            clock: clock
        )
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [5])
        #expect(clock.waitCount <= 10)
    }
}
