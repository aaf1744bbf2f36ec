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

    /// The simulated instant at an instant of the wall clock, within the range of simulated time.
    public func simulated(at instant: SimulatedTime) -> SimulatedTime {
        let passed = Self.sum(instant.microseconds, -wall.microseconds)
        let time = Self.sum(simulated.microseconds, Self.scaled(passed, by: speed))
        return min(max(SimulatedTime(microseconds: time), .earliest), .latest)
    }

    /// The instant of the wall clock at which a simulated instant is reached.
    public func wall(at instant: SimulatedTime) -> SimulatedTime {
        let ahead = Self.sum(instant.microseconds, -simulated.microseconds)
        return SimulatedTime(microseconds: Self.sum(wall.microseconds, Self.scaled(ahead, by: 1 / speed)))
    }

    /// A clock that is set, and a speed of a million, reach beyond what 64 bits hold.
    private static let limit: Int64 = 1 << 61

    private static func scaled(_ microseconds: Int64, by factor: Double) -> Int64 {
        if factor == 1 { return microseconds }
        let scaled = (Double(microseconds) * factor).rounded(.down)
        return Int64(min(max(scaled, -Double(limit)), Double(limit)))
    }

    private static func sum(_ one: Int64, _ other: Int64) -> Int64 {
        min(max(one, -limit), limit) + min(max(other, -limit), limit)
    }
}
