public import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The system's clocks: the time of day in UTC, and the one that nobody sets.
///
/// Readings carry the time of day, so they follow the clock that the system keeps in step with the world: over days a live
/// run neither gains nor loses. If somebody sets it, readings follow; everything else goes by the steady one.
public struct WallClock: LiveClock {
    /// The longest wait at a time: whoever asks the run to stop, or sets the clock, is heard that soon.
    private static let slice = Duration.milliseconds(50)

    /// The clock.
    public init() {}

    /// The time of day.
    public func now() -> SimulatedTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return SimulatedTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// The steady clock.
    public func steady() -> ContinuousClock.Instant { .now }

    /// Waits for a while, at most 50 ms.
    public func wait(for duration: Duration) {
        guard duration > .zero else { return }
        usleep(UInt32(min(duration, Self.slice) / .microseconds(1)))
    }
}
