/// Whether the events of one sensor tell those of another: how many of them lie at one and the same lag behind it.
struct LagMeasure {
    /// The most frequent lag of two sensors, in ticks.
    struct Lag {
        var ticks: Int64
        var count: Int
        /// How many a lag has by chance.
        var expected: Double
        /// The probability that any lag of the two has so many by chance.
        var probability: Double
        /// Events of the sensor that has fewer.
        var events: Int
    }

    /// The first ticks of the events of each sensor, rising.
    let starts: [[Int64]]
    /// Ticks of the run.
    let tickCount: Int64
    /// The longest lag looked at.
    private let reach: Int64
    /// Sensors with fewer events are not compared.
    private static let leastEvents = 12

    /// The median of the ticks between events of each sensor.
    private let usualGaps: [Int64]

    /// By how much a lag has more events than by the sensors' mean rates.
    private let crowding: Double

    /// A measure of sensors of which no more than `limit` events are known each.
    init(starts: [[Int64]], tickCount: Int64, limit: Int, crowding: Double) {
        // Up to the tick at which the first sensor's list is full.
        let tickCount = starts.filter { $0.count >= limit }.reduce(tickCount) { min($0, $1[limit - 1] + 1) }
        let starts = starts.map { $0.filter { $0 < tickCount } }
        self.starts = starts
        self.tickCount = tickCount
        self.crowding = crowding
        let events = starts.reduce(0) { $0 + $1.count }
        let spacing = Double(tickCount) * Double(starts.count) / Double(max(1, events))
        reach = Int64(min(2 * spacing + 16, 1e6))
        usualGaps = starts.map { starts in
            let gaps = zip(starts, starts.dropFirst()).map { $1 - $0 }.sorted()
            return gaps.isEmpty ? tickCount : gaps[gaps.count / 2]
        }
    }

    /// The most frequent lag of each two sensors that have enough events.
    func lags() -> [(first: Int, second: Int, lag: Lag)] {
        var found: [(first: Int, second: Int, lag: Lag)] = []
        for second in starts.indices where starts[second].count >= Self.leastEvents {
            for first in 0..<second where starts[first].count >= Self.leastEvents {
                if let lag = mostFrequent(first, second) { found.append((first, second, lag)) }
            }
        }
        return found
    }

    private func mostFrequent(_ first: Int, _ second: Int) -> Lag? {
        var lags: [Int64] = []
        forEachLag(first, second) { lags.append($0) }
        lags.sort()
        var best = (ticks: Int64(0), count: 0)
        var index = 0
        while index < lags.count {
            let end = lags[index...].firstIndex { $0 > lags[index] } ?? lags.count
            if end - index > best.count { best = (lags[index], end - index) }
            index = end
        }
        guard best.count > 0 else { return nil }
        let expected = expected(first, second)
        return Lag(
            ticks: best.ticks,
            count: best.count,
            expected: expected,
            probability: min(1, Double(2 * reach + 1) * Poisson.probability(ofAtLeast: best.count, mean: expected)),
            events: min(starts[first].count, starts[second].count)
        )
    }

    /// How many events two sensors have at a lag.
    func count(_ first: Int, _ second: Int, at ticks: Int64) -> Int {
        var count = 0
        forEachLag(first, second) { if $0 == ticks { count += 1 } }
        return count
    }

    /// How many events two sensors have at any one lag by chance.
    ///
    /// Where both have theirs in the same part of the run, as a long event of another type leaves no room in the rest, it is
    /// the rates of that part which count.
    func expected(_ first: Int, _ second: Int) -> Double {
        let mean = crowding * Double(starts[first].count) * Double(starts[second].count) / Double(max(1, tickCount))
        return max(mean, expectedNearby(first, second))
    }

    /// The same by the rates in windows that hold some eight events where there are any.
    private func expectedNearby(_ first: Int, _ second: Int) -> Double {
        let width = 8 * max(1, usualGaps[first], usualGaps[second])
        let others = starts[second]
        var (sum, index, other) = (0.0, 0, 0)
        while index < starts[first].count {
            let window = starts[first][index] / width
            let begin = index
            while index < starts[first].count, starts[first][index] / width == window { index += 1 }
            while other < others.count, others[other] / width < window { other += 1 }
            let otherBegin = other
            while other < others.count, others[other] / width == window { other += 1 }
            sum += Double(index - begin) * Double(other - otherBegin)
        }
        return sum / Double(width)
    }

    private func forEachLag(_ first: Int, _ second: Int, _ body: (Int64) -> Void) {
        let others = starts[second]
        var low = 0
        for start in starts[first] {
            while low < others.count, others[low] < start - reach { low += 1 }
            var index = low
            while index < others.count, others[index] <= start + reach {
                body(others[index] - start)
                index += 1
            }
        }
    }
}
