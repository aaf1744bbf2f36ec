import DatasetLive
import Synchronization

/// What a monitor says at some moments.
final class Looks: Sendable {
    private let monitor: LiveMonitor
    private let taken = Mutex<[LiveStatus]>([])

    init(_ monitor: LiveMonitor) {
        self.monitor = monitor
    }

    /// What it has said so far.
    var statuses: [LiveStatus] { taken.withLock { $0 } }

    /// Takes a look.
    func take() { taken.withLock { $0.append(monitor.status()) } }
}
