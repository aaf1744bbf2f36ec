/// Instants that are given, not computed: those at which somebody's sensor has reported.
///
/// A class, so that a grid of them is handed about at the cost of a reference.
package final class GivenTimes: Sendable {
    /// Microseconds since 1970, each later than the one before.
    package let microseconds: [Int64]

    /// - Parameter microseconds: at least one instant, each later than the one before.
    package init(_ microseconds: [Int64]) {
        precondition(!microseconds.isEmpty, "times of no reading")
        self.microseconds = microseconds
    }

    /// How many instants are before one.
    ///
    /// - Complexity: O(log *n*).
    package func count(before instant: Int64) -> Int {
        let times = microseconds
        var (low, high) = (0, times.count)
        while low < high {
            let middle = low + (high - low) / 2
            if times[middle] < instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The instant of a tick; before the first and behind the last one, as if they went on at an interval.
    func time(ofTick tick: Int64, interval: Int64) -> Int64 {
        if tick < 0 { return microseconds[0] + tick * interval }
        let last = Int64(microseconds.count - 1)
        return tick <= last ? microseconds[Int(tick)] : microseconds[Int(last)] + (tick - last) * interval
    }
}

extension GivenTimes: Hashable {
    package static func == (one: GivenTimes, other: GivenTimes) -> Bool {
        one === other || one.microseconds == other.microseconds
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(microseconds.count)
        hasher.combine(microseconds.first)
        hasher.combine(microseconds.last)
    }
}
