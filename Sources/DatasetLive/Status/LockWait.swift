import Synchronization

/// How long the run has been waiting for a lock that another program holds.
///
/// SQLite asks again and again within one call, during which the run tells nothing else.
final class LockWait: Sendable {
    /// A wait that is not heard of for so long is over.
    private static let silence = Duration.seconds(1)

    private let wait = Mutex<(waited: Duration, at: ContinuousClock.Instant)?>(nil)

    /// Takes note of another attempt.
    func note(waited: Duration) {
        wait.withLock { $0 = (waited, .now) }
    }

    /// How long the wait lasts that goes on now; nil if there is none.
    var current: Duration? {
        wait.withLock { $0 }.flatMap { ContinuousClock.now - $0.at < Self.silence ? $0.waited : nil }
    }
}
