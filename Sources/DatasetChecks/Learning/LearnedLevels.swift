import DatasetGen

/// By how much the sensors of a recording differ for good, in one metric.
struct LearnedLevels {
    /// A sensor's readings: of the whole recording and of its first and its last third, in any order.
    struct Sample {
        var all: [Double] = []
        var first: [Double] = []
        var last: [Double] = []
    }

    /// Whether sensors differ by a factor, which their spread follows, and not by a difference.
    let isProportional: Bool
    /// Per sensor: the median's difference from that of the sensor in the middle; of logarithms where levels are proportional.
    let offsets: [Double]
    /// The mean of the offsets.
    let mean: Double
    /// Sensors that tell of levels.
    let count: Int
    /// The standard deviation between sensors, as of the offsets; nil where it is not known.
    let spread: Double?
    /// The standard error of the spread.
    let error: Double

    /// So many sensors at least tell how sensors differ.
    static let leastCount = 5

    /// Nil without readings.
    init?(_ samples: [Sample]) {
        let isProportional = Self.isProportional(samples)
        self.isProportional = isProportional
        func median(_ values: [Double]) -> Double? {
            guard !values.isEmpty else { return nil }
            let middle = values.sorted().quantile(0.5)
            return isProportional ? Elementary.logarithm(middle) : middle
        }
        let medians = samples.map { median($0.all) }
        let known = medians.compactMap { $0 }.sorted()
        guard !known.isEmpty else { return nil }
        let middle = known.quantile(0.5)
        let offsets = medians.map { ($0 ?? middle) - middle }
        self.offsets = offsets
        // A sensor that is wrong all the time is none of the fleet.
        let (low, high) = (known.quantile(0.25) - middle, known.quantile(0.75) - middle)
        let reach = (high - low) * LearnedSeries.reach
        let usual = samples.indices.filter {
            medians[$0] != nil && offsets[$0] >= low - reach && offsets[$0] <= high + reach
        }
        mean = usual.reduce(0) { $0 + offsets[$1] } / Double(max(1, usual.count))
        let ends = usual.compactMap { sensor -> (Double, Double)? in
            guard let first = median(samples[sensor].first), let last = median(samples[sensor].last) else { return nil }
            return (first, last)
        }
        count = ends.count
        // What is a sensor's own for good, its first and its last third have in common; what wanders, they have not.
        guard ends.count >= Self.leastCount else {
            (spread, error) = (nil, 0)
            return
        }
        let number = Double(ends.count)
        let means = (ends.reduce(0) { $0 + $1.0 } / number, ends.reduce(0) { $0 + $1.1 } / number)
        var (both, first, last) = (0.0, 0.0, 0.0)
        for end in ends {
            let (one, other) = (end.0 - means.0, end.1 - means.1)
            both += one * other / (number - 1)
            first += one * one / (number - 1)
            last += other * other / (number - 1)
        }
        // Fisher's z: the correlation of the two is none by chance in two of a thousand recordings.
        let correlation = first > 0 && last > 0 ? min(both / (first * last).squareRoot(), 0.999_999) : 0
        let score = Elementary.logarithm((1 + max(0, correlation)) / (1 - max(0, correlation))) / 2
        guard score * (number - 3).squareRoot() > 2.9 else {
            (spread, error) = (nil, 0)
            return
        }
        spread = both.squareRoot()
        error = ((first * last + both * both) / (number - 1)).squareRoot() / (2 * both.squareRoot())
    }

    /// Whether the width of sensors' readings is more alike as a part of their level than as it is.
    private static func isProportional(_ samples: [Sample]) -> Bool {
        let figures = samples.compactMap { sample -> (width: Double, part: Double)? in
            guard sample.all.count >= 16 else { return nil }
            let sorted = sample.all.sorted()
            let width = sorted.quantile(0.75) - sorted.quantile(0.25)
            // Few faults are below zero.
            guard sorted.quantile(0.01) > 0, width > 0 else { return nil }
            return (
                Elementary.logarithm(width), Elementary.logarithm(width / sorted.quantile(0.5))
            )
        }
        guard figures.count >= leastCount, figures.count == samples.count else { return false }
        func variance(_ values: [Double]) -> Double {
            let mean = values.reduce(0, +) / Double(values.count)
            return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        }
        return variance(figures.map(\.part)) < 0.5 * variance(figures.map(\.width))
    }
}
