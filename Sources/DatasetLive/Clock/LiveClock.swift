public import DatasetGen

/// The clock that a live run goes by.
///
/// ``WallClock`` is the real one; a test injects one that does not wait.
public protocol LiveClock: Sendable {
    /// The instant that it is.
    func now() -> SimulatedTime

    /// Waits until an instant; it may return earlier, for instance because the clock was set.
    func wait(until instant: SimulatedTime)
}
