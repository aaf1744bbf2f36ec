import DatasetGen

/// A distribution that quantiles have to come to once white noise has been added and readings have been rounded.
///
/// Quantiles of readings have the noise of these in them: with as much added again, the ends would fray.
struct QuantileTarget {
    /// 33 quantiles of the readings, each above the one before.
    let values: [Double]
    /// How many readings are below, at places half a step beside readings: what is asked of a fit.
    private let checks: [(place: Double, probability: Double)]
    private let step: Double

    /// Quantiles that have the distribution together with some noise.
    struct Fit {
        let values: [Double]
        /// The largest difference in probability.
        let error: Double
    }

    private static let count = 33
    private static let rounds = 24

    /// Nil where some quantiles are the same.
    ///
    /// - Parameters:
    ///   - sample: readings in rising order.
    ///   - step: what they are rounded to.
    ///   - areSpread: where there are a few values only, each stands for all that is rounded to it.
    init?(_ sample: [Double], step: Double, areSpread: Bool) {
        func isRising(_ values: [Double]) -> Bool { zip(values, values.dropFirst()).allSatisfy { $0 < $1 } }
        let last = Self.count - 1
        let plain = (0...last).map { sample.quantile(Double($0) / Double(last)) }
        if isRising(plain) {
            values = Self.withEnds(plain, sample)
        } else {
            guard areSpread else { return nil }
            let spread = (0...last).map { Self.spread(sample, $0 * (sample.count - 1) / last, step) }
            guard isRising(spread) else { return nil }
            values = spread
        }
        self.step = step
        let (least, greatest) = (sample[0], sample[sample.count - 1])
        checks =
            [(least - step / 2, 0)]
            + (0..<64)
            .map { part in
                let value = sample[(2 * part + 1) * sample.count / 128]
                let below = sample.partitioningIndex { $0 > value }
                return (value + step / 2, Double(below) / Double(sample.count))
            } + [(greatest + step / 2, 1)]
    }

    /// Moves the ends so that the outermost parts have the mean of their readings: tails thin out, and lines do not.
    private static func withEnds(_ values: [Double], _ sample: [Double]) -> [Double] {
        let last = values.count - 1
        let count = sample.count / last
        guard count >= 16 else { return values }
        func mean(_ part: ArraySlice<Double>) -> Double { part.reduce(0, +) / Double(part.count) }
        var values = values
        let (bottom, top) = (
            2 * mean(sample.prefix(count)) - values[1], 2 * mean(sample.suffix(count)) - values[last - 1]
        )
        if bottom < values[1] { values[0] = max(values[0], bottom) }
        if top > values[last - 1] { values[last] = min(values[last], top) }
        return values
    }

    /// The variance of the distribution by some quantiles.
    static func variance(of values: [Double]) -> Double {
        let pairs = zip(values, values.dropFirst())
        let count = Double(values.count - 1)
        let mean = pairs.reduce(0) { $0 + ($1.0 + $1.1) / 2 } / count
        return pairs.reduce(0) { sum, pair in
            let (low, high) = (pair.0 - mean, pair.1 - mean)
            return sum + (low * low + low * high + high * high) / 3
        } / count
    }

    /// Where a reading lies in the step that it was rounded to, if equal ones lie evenly in it; the outermost reach no further out.
    private static func spread(_ sample: [Double], _ place: Int, _ step: Double) -> Double {
        let value = sample[place]
        let begin = sample.partitioningIndex { $0 >= value }
        let end = sample.partitioningIndex { $0 > value }
        let part = (Double(place - begin) + 0.5) / Double(end - begin)
        let low = begin == 0 ? 0 : -0.5
        let high = end == sample.count ? 0 : 0.5
        return value + step * (low + (high - low) * part)
    }

    /// The quantiles that come nearest with some noise, moved step by step by what is too much below each.
    ///
    /// - Parameters:
    ///   - noise: the standard deviation.
    ///   - bounds: where quantiles may lie.
    ///   - gap: how far apart they are at least.
    /// - Returns: nil where they have no room.
    func fit(noise: Double, in bounds: ClosedRange<Double>, gap: Double) -> Fit? {
        let last = values.count - 1
        guard bounds.upperBound - bounds.lowerBound > Double(2 * last) * gap else { return nil }
        var current = values
        Self.settle(&current, in: bounds, gap: gap)
        var best = Fit(values: current, error: error(of: current, noise))
        guard noise > 0 else { return best }
        for _ in 0..<Self.rounds {
            let moves = (0...last)
                .map { index -> Double in
                    // The ends are told by the middles of the outermost parts.
                    let (before, after) = (max(index - 1, 0), min(index + 1, last))
                    let part = index == 0 ? 0.5 : index == last ? Double(last) - 0.5 : Double(index)
                    let place =
                        index == 0
                        ? (values[0] + values[1]) / 2
                        : index == last ? (values[last - 1] + values[last]) / 2 : values[index]
                    let density = Double(after - before) / Double(last) / (values[after] - values[before])
                    return 0.7 * (Self.probability(below: place, current, noise) - part / Double(last)) / density
                }
            for index in current.indices { current[index] += moves[index] }
            Self.settle(&current, in: bounds, gap: gap)
            let error = error(of: current, noise)
            if error < best.error { best = Fit(values: current, error: error) }
        }
        return best
    }

    /// Brings numbers between bounds and into rising order.
    private static func settle(_ values: inout [Double], in bounds: ClosedRange<Double>, gap: Double) {
        values.sort()
        for index in values.indices {
            let least = index == 0 ? bounds.lowerBound : values[index - 1] + gap
            values[index] = max(values[index], least)
        }
        for index in values.indices.reversed() {
            let most = index == values.count - 1 ? bounds.upperBound : values[index + 1] - gap
            values[index] = min(values[index], most)
        }
    }

    private func error(of values: [Double], _ noise: Double) -> Double {
        checks.reduce(0) { worst, check in
            max(worst, abs(Self.probability(below: check.place, values, noise) - check.probability))
        }
    }

    /// How much of the distribution by some quantiles, noise added, lies below a place.
    private static func probability(below place: Double, _ values: [Double], _ noise: Double) -> Double {
        let parts = Double(values.count - 1)
        guard noise > 0 else {
            let sum = zip(values, values.dropFirst()).reduce(0) { $0 + min(max((place - $1.0) / ($1.1 - $1.0), 0), 1) }
            return sum / parts
        }
        // ∫ Φ = t Φ(t) + φ(t): between two quantiles any place is as likely as any other.
        let integrals = values.map { value -> Double in
            let t = (place - value) / noise
            guard t > -8 else { return 0 }
            guard t < 8 else { return t }
            return t * NormalCurve.shared.probability(below: t)
                + Elementary.exponential(-t * t / 2) * 0.398_942_280_401_432_7
        }
        let sum = values.indices.dropLast()
            .reduce(0) { $0 + (integrals[$1] - integrals[$1 + 1]) * noise / (values[$1 + 1] - values[$1]) }
        return sum / parts
    }
}
