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

    /// Waits until some readings are due, in steps, so that `isCancelled` is heard.
    func wait(for readings: Int64, isCancelled: () -> Bool) {
        guard let rate else { return }
        let before = shared.withLock { shared in
            defer { shared.readings += readings }
            return shared.readings
        }
        let deadline = start + .seconds(Double(before) / rate)
        let lateness = ContinuousClock.now - deadline
        if lateness > .zero {
            shared.withLock { $0.lateness = max($0.lateness, lateness) }
            return
        }
        Self.sleep(until: deadline, isCancelled: isCancelled)
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
