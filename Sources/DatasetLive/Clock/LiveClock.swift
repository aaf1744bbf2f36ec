public import DatasetGen

/// The clock that a live run goes by.
///
/// ``WallClock`` is the real one; a test injects one that does not wait.
public protocol LiveClock: Sendable {
    /// The time of day, which readings carry.
    func now() -> SimulatedTime

    /// An instant of a clock that nobody sets and that goes on while the machine sleeps: for pauses, waits and rates.
    func steady() -> ContinuousClock.Instant

    /// Waits for a while; it may return earlier.
    func wait(for duration: Duration)
}
