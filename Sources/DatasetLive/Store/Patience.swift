import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Waits for a lock: exponential delays with jitter, up to a limit.
final class Patience: Sendable {
    private let limit: Int64
    private let isStopRequested: @Sendable () -> Bool
    private let lockWait: LockWait
    /// Since when the current lock is waited for.
    private let begin = Mutex(ContinuousClock.now)

    init(limit: Int64, isStopRequested: @escaping @Sendable () -> Bool, lockWait: LockWait) {
        (self.limit, self.isStopRequested, self.lockWait) = (limit, isStopRequested, lockWait)
    }

    /// Waits before another attempt; false to give up.
    func waits(beforeAttempt attempt: Int) -> Bool {
        let now = ContinuousClock.now
        let begin = begin.withLock { begin in
            if attempt == 0 { begin = now }
            return begin
        }
        // A run that is to end gives a lock one second more.
        let limit = isStopRequested() ? min(self.limit, 1_000_000) : self.limit
        lockWait.note(waited: now - begin)
        guard now - begin < .microseconds(limit) else { return false }
        usleep(UInt32(Backoff.delay(attempt: attempt, first: 500, limit: 50_000)))
        return true
    }
}
