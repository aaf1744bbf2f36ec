import DatasetGen
import DatasetLive
import Foundation
import Synchronization
import Testing

@Suite("A run that is late") struct CatchUpTests {
    private static let recipe = """
        dataset: {seed: 9, start: 2026-05-01, duration: 30h}
        simulation: {interval: 10s}
        replicas: {count: 3}
        anomalies: {probability: 0.1}
        """

    private func stopped(_ fixture: LiveFixture, _ clock: ManualClock, after seconds: Double, _ settings: String...)
        throws
    {
        let begin = clock.now().microseconds
        var options = LiveOptions()
        options.isStopRequested = { Double(clock.now().microseconds - begin) / 1e6 >= seconds }
        let setting = settings.first ?? "live.max_catch_up=1h"
        #expect(try fixture.run(Self.recipe, setting, clock: clock, options: options) == .stopped)
    }

    @Test("leaves out what is older than it is to catch up, and every other reading keeps its number")
    func skips() async throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        try stopped(fixture, clock, after: 600)
        clock.advance(seconds: 86_400)
        try stopped(fixture, clock, after: 600)
        let firsts: [Int] = try fixture.values("SELECT first_reading FROM live_skips")
        let lasts: [Int] = try fixture.values("SELECT last_reading FROM live_skips")
        try #require(firsts.count == 1)
        let (first, last) = (firsts[0], lasts[0])
        // A minute has six ticks of three readings.
        #expect(abs(first - 1 - 600 / 10 * 3) <= 3)
        #expect(abs((last - first + 1) - (86_400 - 3_600) / 10 * 3) <= 6)
        let batch = try await fixture.batch(Self.recipe)
        let rows = try fixture.readings()
        #expect(rows[...] == batch[..<(first - 1)] + batch[last..<(last + rows.count - first + 1)])
        #expect(try fixture.values("SELECT count(*) FROM live_versions") == [1])
    }

    @Test("catches everything up unless it is told not to")
    func all() async throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        try stopped(fixture, clock, after: 600, "database.batch_size=5000")
        clock.advance(seconds: 86_400)
        try stopped(fixture, clock, after: 60, "database.batch_size=5000")
        let rows = try fixture.readings()
        #expect(rows.count > 25_900)
        #expect(try await fixture.batch(Self.recipe).prefix(rows.count) == rows[...])
        #expect(try fixture.values("SELECT count(*) FROM live_skips") == [0])
    }

    @Test("writes all of the backfill, however old")
    func backfill() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        var options = LiveOptions()
        options.backfill = 86_400_000_000
        options.isStopRequested = { clock.waitCount > 20 }
        let monitor = LiveMonitor(clock: clock)
        _ = try fixture.run(Self.recipe, "live.max_catch_up=1h", clock: clock, monitor: monitor, options: options)
        #expect(try fixture.values("SELECT count(*) FROM sensor_data WHERE id <= 25920") == [25_920])
        #expect(monitor.status().readingsSkipped == 0)
    }

    @Test("counts what it leaves out, and not as readings")
    func counts() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        try stopped(fixture, clock, after: 600)
        clock.advance(seconds: 86_400)
        let monitor = LiveMonitor(clock: clock)
        _ = try fixture.run(Self.recipe, "live.max_catch_up=1h", clock: clock, monitor: monitor)
        let status = monitor.status()
        #expect(
            try fixture.values("SELECT sum(last_reading - first_reading + 1) FROM live_skips") == [
                status.readingsSkipped
            ]
        )
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [status.totals.rows])
        #expect(status.readings + status.readingsSkipped == 30 * 360 * 3)
    }

    @Test("is well again as soon as nothing waits, not only when the next reading is written")
    func recovers() throws {
        let fixture = try LiveFixture()
        let monitor = Mutex<LiveMonitor?>(nil)
        let clock = Mutex<ManualClock?>(nil)
        let healths = Mutex<[LiveStatus.Health]>([])
        let once = Once()
        let manual = ManualClock { _ in
            guard let monitor = monitor.withLock({ $0 }) else { return }
            healths.withLock { $0.append(monitor.status().health) }
            if monitor.status().readings >= 2, once.take() {
                clock.withLock { $0 }?.advance(seconds: 7_300)
                // The readings of two hours are due now, and nothing has been written yet.
                healths.withLock { $0.append(monitor.status().health) }
            }
        }
        clock.withLock { $0 = manual }
        monitor.withLock { $0 = LiveMonitor(clock: manual) }
        let recipe = "dataset: {seed: 1, start: 2026-05-01, duration: 6h}\nsimulation: {interval: 1h}\n"
        _ = try fixture.run(recipe, clock: manual, monitor: monitor.withLock { $0 })
        let seen = healths.withLock { $0 }
        #expect(seen.filter { $0 == .degraded }.count == 1, "only before they are written: \(seen)")
    }
}
