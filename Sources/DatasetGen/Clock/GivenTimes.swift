/// Instants that are given, not computed: those at which somebody's sensor has reported, or at which its readings come again.
///
/// A class, so that a grid of them is handed about at the cost of a reference.
package final class GivenTimes: Sendable {
    /// Rounds of the same instants, one behind the other.
    struct Rounds: Hashable, Sendable {
        /// Microseconds since 1970 at which the first round begins.
        var begin: Int64
        /// Microseconds of a round: all instants are less than that behind its begin.
        var period: Int64
        /// Instants of the first round that are left out.
        var first: Int64
    }

    /// Microseconds since 1970, each later than the one before; in rounds, those of the first.
    let microseconds: [Int64]
    /// How many instants there are.
    package let count: Int64
    /// Nil for one round.
    private let rounds: Rounds?

    /// - Parameter microseconds: at least one instant, each later than the one before.
    package init(_ microseconds: [Int64]) {
        precondition(!microseconds.isEmpty, "times of no reading")
        (self.microseconds, count, rounds) = (microseconds, Int64(microseconds.count), nil)
    }

    /// Instants in rounds, up to an end.
    ///
    /// - Parameters:
    ///   - round: those of the first round, at least one, each later than the one before and within the round.
    ///   - rounds: the rounds.
    ///   - end: microseconds since 1970 of the first instant that is none any more.
    init(_ round: [Int64], in rounds: Rounds, before end: Int64) {
        precondition(!round.isEmpty, "times of no reading")
        (microseconds, self.rounds) = (round, rounds)
        count = max(0, Self.count(of: round, in: rounds, before: end) - rounds.first)
    }

    /// How many instants are before one.
    ///
    /// - Complexity: O(log *n*).
    package func count(before instant: Int64) -> Int {
        guard let rounds else { return Self.count(of: microseconds, before: instant) }
        return Int(min(max(0, Self.count(of: microseconds, in: rounds, before: instant) - rounds.first), count))
    }

    /// The instant of a tick; before the first and behind the last one, as if they went on at an interval.
    func time(ofTick tick: Int64, interval: Int64) -> Int64 {
        if tick < 0 || count == 0 { return time(ofTick: 0) + tick * interval }
        return tick < count ? time(ofTick: tick) : time(ofTick: count - 1) + (tick - count + 1) * interval
    }

    private func time(ofTick tick: Int64) -> Int64 {
        guard let rounds else { return microseconds[Int(tick)] }
        let (round, place) = (tick + rounds.first).quotientAndRemainder(dividingBy: Int64(microseconds.count))
        return microseconds[Int(place)] + round * rounds.period
    }

    /// How many instants of endless rounds are before one, those counted that are left out; below 0 before the first round.
    private static func count(of round: [Int64], in rounds: Rounds, before instant: Int64) -> Int64 {
        let number = (instant - rounds.begin).flooredQuotient(by: rounds.period)
        return number * Int64(round.count) + Int64(count(of: round, before: instant - number * rounds.period))
    }

    /// Whether all instants are multiples of a unit, those of all rounds included.
    func isWhole(in unit: Int64) -> Bool {
        microseconds.allSatisfy { $0 % unit == 0 } && (rounds.map { $0.period % unit == 0 } ?? true)
    }

    private static func count(of times: [Int64], before instant: Int64) -> Int {
        let times = times.span
        var (low, high) = (0, times.count)
        while low < high {
            let middle = low + (high - low) / 2
            if times[middle] < instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension GivenTimes: Hashable {
    package static func == (one: GivenTimes, other: GivenTimes) -> Bool {
        one === other
            || (one.rounds == other.rounds && one.count == other.count && one.microseconds == other.microseconds)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        hasher.combine(microseconds.first)
        hasher.combine(microseconds.last)
    }
}
