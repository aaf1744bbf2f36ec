public import DatasetGen

/// How simulated time follows the wall clock: an instant at which both are known, and the speed from there on.
///
/// Deadlines are computed from the anchor alone, so that waiting errors never add up.
public struct ClockAnchor: Hashable, Sendable {
    /// An instant of the wall clock.
    public let wall: SimulatedTime
    /// The simulated instant that it was then.
    public let simulated: SimulatedTime
    /// Simulated seconds in one second.
    public let speed: Double

    /// The two instants belong together.
    public init(wall: SimulatedTime, simulated: SimulatedTime, speed: Double) {
        self.wall = wall
        self.simulated = simulated
        self.speed = speed
    }

    /// The simulated instant at an instant of the wall clock.
    public func simulated(at instant: SimulatedTime) -> SimulatedTime {
        let passed = instant.microseconds - wall.microseconds
        return SimulatedTime(microseconds: simulated.microseconds + Self.scaled(passed, by: speed))
    }

    /// The instant of the wall clock at which a simulated instant is reached.
    public func wall(at instant: SimulatedTime) -> SimulatedTime {
        let ahead = instant.microseconds - simulated.microseconds
        return SimulatedTime(microseconds: wall.microseconds + Self.scaled(ahead, by: 1 / speed))
    }

    private static func scaled(_ microseconds: Int64, by factor: Double) -> Int64 {
        factor == 1 ? microseconds : Int64((Double(microseconds) * factor).rounded(.down))
    }
}
