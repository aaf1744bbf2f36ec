/// An instant of the simulated clock: whole microseconds since 1970-01-01T00:00:00 UTC.
///
/// ```swift
/// let start = SimulatedTime(parsing: "2025-01-01T00:00:00Z")!
/// start.text    // "2025-01-01T00:00:00.000000"
/// ```
///
/// The calendar is the proleptic Gregorian one, without leap seconds, as in POSIX and ISO 8601.
public struct SimulatedTime: Hashable, Sendable {
    /// Microseconds since the Unix epoch.
    public var microseconds: Int64

    /// The instant that many microseconds after the Unix epoch.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The earliest instant that the tool accepts, 1900-01-01T00:00:00 UTC.
    public static let earliest = SimulatedTime(
        microseconds: CivilDate(year: 1900, month: 1, day: 1).daysSinceEpoch * microsecondsPerDay
    )

    /// The end of the accepted range (exclusive), 2200-01-01T00:00:00 UTC.
    public static let latest = SimulatedTime(
        microseconds: CivilDate(year: 2200, month: 1, day: 1).daysSinceEpoch * microsecondsPerDay
    )

    package static let microsecondsPerSecond: Int64 = 1_000_000
    package static let microsecondsPerDay: Int64 = 86_400_000_000

    /// Whole days since the Unix epoch, rounded down, and the microseconds passed in that day.
    package var dayAndMicroseconds: (day: Int64, microseconds: Int64) {
        let day = microseconds.flooredQuotient(by: Self.microsecondsPerDay)
        return (day, microseconds - day * Self.microsecondsPerDay)
    }
}

extension SimulatedTime: Comparable {
    /// Earlier is less.
    public static func < (left: SimulatedTime, right: SimulatedTime) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension BinaryInteger {
    /// The quotient rounded towards minus infinity.
    @inlinable package func flooredQuotient(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}
