import Foundation
import Synchronization

/// Work on a thread of its own, one piece at a time, that is over when the run is.
final class SideTask: Sendable {
    private let isBusy = Atomic(false)
    private let isEnding = Atomic(false)

    /// Whether the work is to end, because the run does.
    var isStopRequested: Bool { isEnding.load(ordering: .acquiring) }

    /// Does something on a thread of its own; false if the piece before is not done.
    func begin(_ work: @escaping @Sendable () -> Void) -> Bool {
        guard !isStopRequested, !isBusy.exchange(true, ordering: .acquiringAndReleasing) else { return false }
        Thread.detachNewThread { [self] in
            work()
            isBusy.store(false, ordering: .releasing)
        }
        return true
    }

    /// Has the work end, and waits for that; at most some seconds, since a disk may be stuck.
    func end() {
        isEnding.store(true, ordering: .releasing)
        let deadline = ContinuousClock.now + .seconds(3)
        while isBusy.load(ordering: .acquiring), ContinuousClock.now < deadline { usleep(2_000) }
    }
}
