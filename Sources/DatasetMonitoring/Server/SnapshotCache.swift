import Synchronization

/// Asks the run for its status at most once in some time, however many ask here.
final class SnapshotCache: Sendable {
    private struct State {
        var snapshot: Snapshot?
        var takenAt: ContinuousClock.Instant = .now
    }

    private let run: any MonitoredRun
    private let state = Mutex(State())

    init(run: any MonitoredRun) {
        self.run = run
    }

    /// The run as it is, or as it was a moment ago.
    func current(notOlderThan age: Duration) -> Snapshot {
        state.withLock { state in
            let now = ContinuousClock.now
            if let snapshot = state.snapshot, now - state.takenAt < age { return snapshot }
            let snapshot = Snapshot(run: run.status(), process: .current(), time: .now())
            state = State(snapshot: snapshot, takenAt: now)
            return snapshot
        }
    }

    /// The same for health checks, which are not kept waiting for the news by a long interval of the metrics.
    func currentHealth(notOlderThan age: Duration) -> Snapshot {
        current(notOlderThan: min(age, .milliseconds(200)))
    }
}
