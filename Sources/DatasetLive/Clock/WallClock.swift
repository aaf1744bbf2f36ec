public import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The system's clock, in UTC.
///
/// Readings carry the time of day, so it is the clock that the system keeps in step with the world, not the monotonic one:
/// over days a live run neither gains nor loses. If somebody sets it, readings follow.
public struct WallClock: LiveClock {
    /// The longest wait at a time: whoever asks the run to stop, or sets the clock, is heard that soon.
    private static let slice: Int64 = 50_000

    /// The clock.
    public init() {}

    /// The instant that it is.
    public func now() -> SimulatedTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return SimulatedTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// Waits until an instant, at most 50 ms.
    public func wait(until instant: SimulatedTime) {
        let rest = min(instant.microseconds - now().microseconds, Self.slice)
        if rest > 0 { usleep(UInt32(rest)) }
    }
}
