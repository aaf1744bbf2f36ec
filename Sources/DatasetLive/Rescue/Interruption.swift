import Foundation
import Synchronization

/// Ends a long call, from a thread of its own, when somebody wants the run to end.
final class Interruption: Sendable {
    private let isOver = Atomic(false)

    /// Asks many times a second, until ``end()``.
    init(unless isStopRequested: @escaping @Sendable () -> Bool, interrupt: @escaping @Sendable () -> Void) {
        Thread.detachNewThread { [self] in
            while !isOver.load(ordering: .acquiring) {
                if isStopRequested() { interrupt() }
                usleep(20_000)
            }
        }
    }

    /// The call has come back.
    func end() { isOver.store(true, ordering: .releasing) }
}
