import Dispatch
import Synchronization

/// Keeps a load to a rate: every reading has its deadline from the start, whatever has become late before.
final class Pacer: Sendable {
    private struct Shared {
        var readings: Int64 = 0
        var lateness: Duration = .zero
    }

    private let rate: Double?
    private let start = ContinuousClock.now
    private let shared = Mutex(Shared())

    /// - Parameter rate: readings a second; nil for as many as there can be.
    init(rate: Double?) { self.rate = rate }

    /// Waits until the next readings are due, in steps, so that `isCancelled` is heard.
    ///
    /// - Parameters:
    ///   - readings: how many.
    ///   - isSpread: whether they leave one after the other, so that the first one must be due; else all of them must be.
    ///   - isCancelled: asked now and then; true ends it.
    /// - Returns: when each of them is due, where they are spread; nil without a rate.
    func wait(for readings: Int64, isSpread: Bool, isCancelled: @escaping @Sendable () -> Bool) -> Pace? {
        guard let rate else { return nil }
        let before = shared.withLock { shared in
            defer { shared.readings += readings }
            return shared.readings
        }
        let pace = Pace(pacer: self, start: start, rate: rate, before: before, isCancelled: isCancelled)
        let deadline = pace.deadline(of: isSpread ? 0 : readings)
        note(deadline)
        Self.sleep(until: deadline, isCancelled: isCancelled)
        return isSpread ? pace : nil
    }

    /// Takes note of how late what was due at an instant is now.
    func note(_ deadline: ContinuousClock.Instant) {
        let lateness = ContinuousClock.now - deadline
        shared.withLock { $0.lateness = max($0.lateness, lateness) }
    }

    /// How late readings were at most; nil without a rate.
    var greatestLateness: Duration? { rate == nil ? nil : shared.withLock { $0.lateness } }

    /// Sleeps in short steps.
    static func sleep(until deadline: ContinuousClock.Instant, isCancelled: () -> Bool) {
        let never = DispatchSemaphore(value: 0)
        while !isCancelled() {
            let rest = deadline - ContinuousClock.now
            guard rest > .zero else { return }
            let step = min(rest, .milliseconds(100)) / .microseconds(1)
            _ = never.wait(timeout: .now() + .microseconds(max(1, Int(step))))
        }
    }
}

/// When each reading of a batch is due.
struct Pace: Sendable {
    fileprivate let pacer: Pacer
    fileprivate let start: ContinuousClock.Instant
    fileprivate let rate: Double
    /// Readings of batches before.
    fileprivate let before: Int64
    fileprivate let isCancelled: @Sendable () -> Bool

    /// When so many readings of the batch are due.
    fileprivate func deadline(of readings: Int64) -> ContinuousClock.Instant {
        // A duration has an end, which no load outlasts.
        start + .seconds(min(1e12, Double(before + readings) / rate))
    }

    /// How many of some messages, which are those of a range of the batch's readings, are due; all of them once somebody has
    /// asked to stop, as what is on its way is to arrive.
    func due(of messages: Int, _ readings: Range<Int64>) -> Int {
        if isCancelled() { return messages }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let due = elapsed * rate - Double(before + readings.lowerBound)
        let share = due / Double(max(1, readings.upperBound - readings.lowerBound))
        if share < 0 { return 0 }
        return share >= 1 ? messages : min(messages, Int(share * Double(messages)) + 1)
    }

    /// Waits for a moment, in which more become due.
    func pause() { Pacer.sleep(until: .now + .milliseconds(10), isCancelled: isCancelled) }

    /// Takes note of how late the last of some readings is that have left just now.
    func note(_ readings: Range<Int64>) { pacer.note(deadline(of: readings.upperBound)) }
}
