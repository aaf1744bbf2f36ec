/// The time from one reading of a sensor to its next: an exact fraction of microseconds, 1 ms to 1 day.
///
/// ```swift
/// TickInterval(parsing: "7s")!.seconds         // 7
/// TickInterval(readingsPerSecond: "3")!.text   // "1/3s"
/// ```
public struct TickInterval: Hashable, Sendable {
    /// Microseconds, in lowest terms.
    let microseconds: Rational

    /// Nil outside 1 ms … 1 day, and for a denominator beyond a million: a rate with more digits than any clock holds.
    init?(microseconds: Rational) {
        let (whole, remainder) = microseconds.numerator.quotientAndRemainder(dividingBy: microseconds.denominator)
        guard whole >= 1_000, whole < SimulatedTime.microsecondsPerDay || (whole, remainder) == (86_400_000_000, 0),
            microseconds.denominator <= 1_000_000
        else { return nil }
        self.microseconds = microseconds
    }

    /// So many microseconds; nil outside 1 ms … 1 day.
    package init?(microseconds: Int64) {
        guard let value = Rational(microseconds) else { return nil }
        self.init(microseconds: value)
    }

    /// Reads `5s`, `250ms`, `1m30s`, `1/3s`, or a plain number of seconds.
    public init?(parsing text: String) {
        guard let value = DurationText.microseconds(of: text) else { return nil }
        self.init(microseconds: value)
    }

    /// The interval of a rate in readings per second, written as a plain decimal.
    public init?(readingsPerSecond text: String) {
        guard let rate = Rational(parsing: text),
            let value = rate.reciprocal.multiplied(by: SimulatedTime.microsecondsPerSecond)
        else { return nil }
        self.init(microseconds: value)
    }

    /// One second, the default.
    public static let oneSecond = TickInterval(readingsPerSecond: "1")!

    /// The interval in seconds, rounded to the nearest double.
    public var seconds: Double {
        Double(microseconds.numerator) / (Double(microseconds.denominator) * 1e6)
    }

    /// The microseconds in it, rounded down.
    var wholeMicroseconds: Int64 { microseconds.numerator / microseconds.denominator }

    /// How many times another interval it lasts; nil if that is no whole number.
    func multiple(of shorter: TickInterval) -> Int64? {
        let (quotient, remainder) = parts(of: shorter)
        return remainder == 0 ? quotient : nil
    }

    /// The whole multiples of another interval that are next to it, as far as they are intervals.
    func multiples(around shorter: TickInterval) -> [TickInterval] {
        let (quotient, _) = parts(of: shorter)
        return [quotient, quotient + 1].filter { $0 > 0 }
            .compactMap { shorter.microseconds.multiplied(by: $0).flatMap { TickInterval(microseconds: $0) } }
    }

    private func parts(of shorter: TickInterval) -> (quotient: Int64, remainder: Int128) {
        let (own, other) = (microseconds, shorter.microseconds)
        let (quotient, remainder) = (Int128(own.numerator) * Int128(other.denominator))
            .quotientAndRemainder(dividingBy: Int128(own.denominator) * Int128(other.numerator))
        return (Int64(quotient), remainder)
    }

    /// The shortest text that reads back as this interval: `5s`, `250ms`, `1/3s`.
    public var text: String {
        if microseconds.denominator == 1 {
            return DurationText.text(ofMicroseconds: microseconds.numerator)
        }
        let seconds = Rational(microseconds.numerator, microseconds.denominator * SimulatedTime.microsecondsPerSecond)!
        return "\(seconds.numerator)/\(seconds.denominator)s"
    }
}

extension TickInterval: Comparable {
    /// Whether one is shorter than another.
    public static func < (one: TickInterval, other: TickInterval) -> Bool {
        let (left, right) = (one.microseconds, other.microseconds)
        return Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator) * Int128(left.denominator)
    }
}
