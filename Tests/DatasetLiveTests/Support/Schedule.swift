import DatasetGen
import DatasetLive
import Synchronization

/// Things that happen while a run goes on, by the seconds since its clock began.
final class Schedule: Sendable {
    typealias Action = @Sendable () throws -> Void

    private let pending: Mutex<[(second: Double, action: Action)]>
    private let problems = Mutex<[String]>([])
    private let begin: SimulatedTime

    init(_ actions: [(second: Double, action: Action)], from begin: String = "2026-05-01T12:00:00") {
        self.begin = SimulatedTime(parsing: begin)!
        pending = Mutex(actions.sorted { $0.second < $1.second })
    }

    /// What has failed.
    var failures: [String] { problems.withLock { $0 } }

    /// A clock that has things happen when their time has come.
    var clock: ManualClock {
        ManualClock(begin.text) { [self] now in
            let seconds = Double(now.microseconds - begin.microseconds) / 1e6
            while let action = take(before: seconds) {
                do { try action() } catch { problems.withLock { $0.append("\(error)") } }
            }
        }
    }

    private func take(before seconds: Double) -> Action? {
        pending.withLock { pending in
            guard let next = pending.first, next.second <= seconds else { return nil }
            return pending.removeFirst().action
        }
    }
}

/// What a monitor has said in the course of a run.
final class Observations: Sendable {
    private let monitor = Mutex<LiveMonitor?>(nil)
    private let seen = Mutex<Set<String>>([])
    private let kinds = Mutex<Set<LiveStatus.Health>>([])

    /// Notes what the monitor says now.
    func note() {
        guard let status = monitor.withLock({ $0?.status() }) else { return }
        kinds.withLock { _ = $0.insert(status.health) }
        seen.withLock { seen in
            for text in [status.problem, status.lastError].compactMap({ $0 }) { seen.insert(text) }
        }
    }

    func watch(_ monitor: LiveMonitor) { self.monitor.withLock { $0 = monitor } }

    /// Problems and errors.
    var texts: Set<String> { seen.withLock { $0 } }
    /// How the run was.
    var health: Set<LiveStatus.Health> { kinds.withLock { $0 } }
}

/// Names that an action has seen.
final class Observed: Sendable {
    private let names = Mutex<[String]>([])

    var value: [String] { names.withLock { $0 } }

    func set(_ names: [String]) { self.names.withLock { $0 = names } }
}
