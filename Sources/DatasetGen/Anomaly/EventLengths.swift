/// How long the events of a type are: 256 lengths in ticks, all equally likely, in rising order.
///
/// A table, so that the mean, from which the density of events follows, is exactly that of what is drawn.
package struct EventLengths: Hashable, Sendable {
    private let ticks: [Int64]
    /// Mean length in ticks.
    package let mean: Double

    /// Mean of the squared length in ticks².
    package var meanSquare: Double { ticks.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(ticks.count) }

    /// The longest event.
    var longest: Int64 { ticks[ticks.count - 1] }

    private init(_ ticks: [Int64]) {
        self.ticks = ticks.first == ticks.last ? [ticks[0]] : ticks
        mean = ticks.reduce(0.0) { $0 + Double($1) } / Double(ticks.count)
    }

    /// All events of one length.
    init(fixed ticks: Int64) {
        self.init([ticks])
    }

    /// All lengths of a range equally likely.
    init(_ range: ClosedRange<Int64>) {
        let width = Double(range.upperBound - range.lowerBound)
        self.init(
            (0..<256)
                .map { range.lowerBound + Int64(width * (Double($0) + 0.5) / 256 + 0.5) }
        )
    }

    /// Heavy-tailed lengths: a Pareto distribution of exponent 1.5 up to a longest, with a mean in ticks.
    ///
    /// Gaps of sensor networks are so distributed: many are short, and a few long ones hold most of the lost readings.
    init(heavyTailed mean: Int64, longest: Int64) {
        guard mean > 1, longest > mean else {
            self.init(fixed: mean)
            return
        }
        // The larger the least length, the larger the mean: bisection.
        var (low, high) = (0.01, Double(mean))
        for _ in 0..<40 {
            let middle = (low + high) / 2
            let drawn = Self.pareto(least: middle, longest: Double(longest))
            let average = drawn.reduce(0.0) { $0 + Double($1) } / 256
            if average < Double(mean) { low = middle } else { high = middle }
        }
        self.init(Self.pareto(least: high, longest: Double(longest)))
    }

    /// The middles of 256 parts of a truncated Pareto distribution's probability.
    private static func pareto(least: Double, longest: Double) -> [Int64] {
        let exponent = 1.5
        let tail = Elementary.exponential(exponent * Elementary.logarithm(least / longest))
        return (0..<256)
            .map { index in
                let rest = 1 - (Double(index) + 0.5) / 256 * (1 - tail)
                let length = least * Elementary.exponential(-Elementary.logarithm(rest) / exponent)
                return max(1, Int64(length + 0.5))
            }
    }

    /// The longest event of one of equal parts of the lengths.
    func longest(ofPart part: Int, of parts: Int) -> Int64 {
        ticks[max(0, (part + 1) * ticks.count / parts - 1)]
    }

    /// The length at a place in 0..<1.
    func length(at place: Double) -> Int64 {
        ticks[min(ticks.count - 1, Int(place * Double(ticks.count)))]
    }
}
