import DatasetGen
import DatasetLive
import Synchronization

/// A clock that jumps to whatever is waited for, so that a minute takes no time.
final class ManualClock: LiveClock {
    private struct Time {
        var wall: SimulatedTime
        var steady = ContinuousClock.now

        mutating func advance(by microseconds: Int64) {
            wall.microseconds += microseconds
            steady += .microseconds(microseconds)
        }
    }

    private let time: Mutex<Time>
    private let jump = Mutex<(at: SimulatedTime, by: Int64)?>(nil)
    private let waits = Atomic(0)
    /// Called before each wait, with the instant that it is.
    private let onWait: @Sendable (SimulatedTime) -> Void

    init(_ text: String = "2026-05-01T12:00:00", onWait: @escaping @Sendable (SimulatedTime) -> Void = { _ in }) {
        time = Mutex(Time(wall: SimulatedTime(parsing: text)!))
        self.onWait = onWait
    }

    /// A clock that loses some seconds at an instant, as if the machine had stood still.
    convenience init(jumpingBy seconds: Double, at text: String) {
        self.init()
        let instant = SimulatedTime(parsing: text)!
        jump.withLock { $0 = (instant, Int64(seconds * 1e6)) }
    }

    /// How often somebody has waited.
    var waitCount: Int { waits.load(ordering: .relaxed) }

    func now() -> SimulatedTime { time.withLock { $0.wall } }

    func steady() -> ContinuousClock.Instant { time.withLock { $0.steady } }

    func wait(for duration: Duration) {
        waits.add(1, ordering: .relaxed)
        onWait(now())
        time.withLock { time in
            time.advance(by: max(0, Int64((duration / .microseconds(1)).rounded(.up))))
            jump.withLock { jump in
                guard let planned = jump, time.wall >= planned.at else { return }
                time.advance(by: planned.by)
                jump = nil
            }
        }
    }

    /// Moves the clock on.
    func advance(seconds: Double) {
        time.withLock { $0.advance(by: Int64(seconds * 1e6)) }
    }

    /// Sets the time of day, as somebody does who corrects it: no time passes.
    func set(by seconds: Double) {
        time.withLock { $0.wall.microseconds += Int64(seconds * 1e6) }
    }
}
