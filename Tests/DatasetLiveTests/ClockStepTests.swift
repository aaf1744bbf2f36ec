import DatasetGen
import DatasetLive
import Foundation
import Synchronization
import Testing

@Suite("A clock that is set") struct ClockStepTests {
    private static let recipe = """
        dataset: {seed: 21, start: 2026-05-01, duration: 5m}
        replicas: {count: 3}
        """

    /// What a run was seen to be like at each wait, while its clock was set once, after 100 s of the steady clock.
    private func run(
        _ fixture: LiveFixture,
        setting seconds: Double,
        _ recipe: String = Self.recipe
    ) throws -> [LiveStatus] {
        let monitor = Mutex<LiveMonitor?>(nil)
        let clock = Mutex<ManualClock?>(nil)
        let seen = Mutex<[LiveStatus]>([])
        let once = Once()
        let manual = ManualClock { _ in
            guard let clock = clock.withLock({ $0 }), let monitor = monitor.withLock({ $0 }) else { return }
            let status = monitor.status()
            seen.withLock { $0.append(status) }
            if status.uptimeSeconds >= 100, once.take() { clock.set(by: seconds) }
        }
        clock.withLock { $0 = manual }
        monitor.withLock { $0 = LiveMonitor(clock: manual) }
        #expect(try fixture.run(recipe, clock: manual, monitor: monitor.withLock { $0 }) == .finished)
        return seen.withLock { $0 }
    }

    @Test("back: readings wait, the run says why, and has the rows of the batch run")
    func back() async throws {
        let fixture = try LiveFixture()
        let seen = try run(fixture, setting: -3_600)
        #expect(try fixture.readings() == (await fixture.batch(Self.recipe)))
        let waiting = seen.filter { $0.health == .degraded }
        #expect(!waiting.isEmpty)
        let warning = "the clock was set back by 1h; readings wait until 2026-05-01T12:01:4"
        #expect(waiting.allSatisfy { $0.warnings.count == 1 && $0.warnings[0].hasPrefix(warning) }, "\(waiting)")
        #expect(waiting.allSatisfy { $0.isDatabaseWritable && $0.readingsWaiting == 0 })
        #expect(seen.last?.health == .healthy)
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.uptimeSeconds <= $1.uptimeSeconds })
        #expect(seen.allSatisfy { $0.uptimeSeconds >= 0 && ($0.remainingSeconds ?? 0) >= 0 })
    }

    @Test("forward: what became due is written at once")
    func forward() async throws {
        let fixture = try LiveFixture()
        let seen = try run(fixture, setting: 120)
        #expect(try fixture.readings() == (await fixture.batch(Self.recipe)))
        #expect(seen.last?.health == .healthy && (seen.last?.uptimeSeconds ?? 1e9) < 190)
    }

    @Test("by half a century, as where there is no clock until the network says the time")
    func sinceTheEpoch() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock("1970-01-01T00:00:01") { _ in }
        let once = Once()
        var options = LiveOptions()
        options.isStopRequested = {
            if clock.waitCount == 2, once.take() {
                clock.set(by: 1.78e9)
            }
            return false
        }
        let monitor = LiveMonitor(clock: clock)
        let recipe = "dataset: {seed: 2, duration: 100s}\nreplicas: {count: 500}"
        #expect(try fixture.run(recipe, clock: clock, monitor: monitor, options: options) == .finished)
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [50_000])
        let status = monitor.status()
        #expect(status.totals.latenessSum > 1e12 && (status.latenessMaximum ?? 0) > 1.7e9)
    }

    @Test("at the highest speed, by years: the end of the calendar is the end of the run")
    func speed() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        let once = Once()
        var options = LiveOptions()
        options.speed = 1_000_000
        options.isStopRequested = {
            if clock.waitCount >= 2, once.take() {
                clock.set(by: 1e9)
            }
            return false
        }
        let recipe = "dataset: {seed: 2, start: 2199-12-01, duration: 30d}\nsimulation: {interval: 1h}"
        #expect(try fixture.run(recipe, clock: clock, options: options) == .finished)
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [720])
    }

    @Test("while no run went on: the next one waits, and says so")
    func betweenRuns() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        var options = LiveOptions()
        options.isStopRequested = { clock.now() >= SimulatedTime(parsing: "2026-05-01T12:01:00")! }
        #expect(try fixture.run(Self.recipe, clock: clock, options: options) == .stopped)
        clock.set(by: -600)
        let monitor = LiveMonitor(clock: clock)
        let warnings = Mutex<[String]>([])
        options.isStopRequested = {
            warnings.withLock { if $0.isEmpty { $0 = monitor.status().warnings } }
            return false
        }
        #expect(try fixture.run(Self.recipe, clock: clock, monitor: monitor, options: options) == .finished)
        let warning = warnings.withLock { $0.first } ?? ""
        #expect(warning.hasPrefix("the clock was set back by ") && warning.contains("wait until 2026-05-01T12:0"))
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [900])
        #expect(try fixture.values("SELECT count(DISTINCT timestamp) FROM sensor_data") == [300])
    }

    @Test("beyond the calendar is refused", arguments: [("2026-05-01T12:00:00", 130.0), ("2190-01-01", 0)])
    func calendar(now: String, years: Double) throws {
        let fixture = try LiveFixture()
        var options = LiveOptions()
        options.backfill = Int64(years * 366 * 86_400e6)
        #expect(throws: LiveError.self) {
            try fixture.run(
                "dataset: {duration: 11y}".replacing("11y", with: "4015d"),
                clock: ManualClock(now),
                options: options
            )
        }
        #expect(try fixture.names().isEmpty)
    }
}
