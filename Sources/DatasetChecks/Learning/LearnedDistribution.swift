import DatasetGen

/// The distribution of a metric's readings over all sensors, as a recipe can state it.
struct LearnedDistribution {
    let mean: Double
    let deviation: Double
    let form: ProcessParameters.Distribution
    /// The largest difference between the form and the readings of sensors brought to one level; 0 of quantiles, whose own
    /// depends on the noise.
    let error: Double
    /// The standard deviation of sensors' long-run means, in the unit; 0 where it is not known.
    let levels: Double
    /// The part of the variance that the levels are, noise included.
    let levelShare: Double
    /// The standard deviation of the readings of sensors brought to one level.
    let ownDeviation: Double
    /// What quantiles have to come to once noise is added; nil where a word says the form.
    let target: QuantileTarget?

    /// A form is taken that is so near.
    private static let nearness = 0.03
    /// Readings of a few values only may be so far from a form before quantiles within their steps are taken.
    private static let coarseness = 0.1
    /// Beyond so much of a sample at either end may be faults.
    private static let end = 0.002

    init(_ series: LearnedSeries) {
        let sample = series.sample
        let count = Double(sample.count)
        let middle = sample.reduce(0, +) / count
        let variance = sample.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / count
        let deviation = variance.squareRoot()
        ownDeviation = deviation
        guard deviation > 0, let spread = series.levels.spread else {
            (mean, self.deviation, levels, levelShare) = (middle, deviation, 0, 0)
            let step = series.recording.metrics[series.metric].resolution.value
            (form, error, target) = Self.form(of: sample, mean: middle, deviation: deviation, step: step)
            return
        }
        if series.levels.isProportional {
            let (centre, width) = Self.logarithms(of: sample)
            let square = width * width + spread * spread
            mean = Elementary.exponential(centre + series.levels.mean + square / 2)
            self.deviation = mean * (Elementary.exponential(square) - 1).squareRoot()
            levels = mean * (Elementary.exponential(spread * spread) - 1).squareRoot()
            levelShare = spread * spread / square
        } else {
            mean = middle + series.levels.mean
            self.deviation = (variance + spread * spread).squareRoot()
            levels = spread
            levelShare = spread * spread / (variance + spread * spread)
        }
        let form: ProcessParameters.Distribution = series.levels.isProportional ? .lognormal : .normal
        let error = Self.error(of: form, sample, mean: middle, deviation: deviation)
        let step = series.recording.metrics[series.metric].resolution.value
        target =
            error > Self.nearness
            ? QuantileTarget(Self.blurred(series, by: spread), step: step, areSpread: true) : nil
        (self.form, self.error) = target.map { (.quantiles($0.values), 0) } ?? (form, error)
    }

    /// The form that a recipe can state in a word where one is near enough, and else quantiles.
    private static func form(
        of sample: [Double],
        mean: Double,
        deviation: Double,
        step: Double
    ) -> (ProcessParameters.Distribution, Double, QuantileTarget?) {
        guard deviation > 0 else { return (.normal, 0, nil) }
        // A bound at which readings crowd is no end of a normal distribution, cut or not.
        if isCrowded(sample), let target = QuantileTarget(sample, step: step, areSpread: true) {
            return (.quantiles(target.values), 0, target)
        }
        var best = (form: ProcessParameters.Distribution.normal, error: Double.infinity)
        for form in [ProcessParameters.Distribution.normal, .lognormal, .uniform] {
            let error = error(of: form, sample, mean: mean, deviation: deviation)
            if error < 0.7 * best.error { best = (form, error) }
        }
        guard best.error > nearness,
            let target = QuantileTarget(sample, step: step, areSpread: best.error > coarseness)
        else { return (best.form, best.error, nil) }
        return (.quantiles(target.values), 0, target)
    }

    /// Whether many readings are as small, or as large, as any.
    private static func isCrowded(_ sample: [Double]) -> Bool {
        let few = max(2, sample.count / 100)
        return sample.count > 4 * few
            && (sample[few] == sample[0] || sample[sample.count - 1 - few] == sample[sample.count - 1])
    }

    /// The largest difference of a form from a sample, in probability.
    private static func error(
        of form: ProcessParameters.Distribution,
        _ sample: [Double],
        mean: Double,
        deviation: Double
    ) -> Double {
        let curve = NormalCurve.shared
        let cumulative: (Double) -> Double
        switch form {
        case .normal:
            cumulative = { curve.probability(below: ($0 - mean) / deviation) }
        case .lognormal:
            guard sample.quantile(Self.end) > 0 else { return .infinity }
            let (centre, width) = logarithms(of: sample)
            cumulative = {
                curve.probability(below: (Elementary.logarithm(max($0, .leastNormalMagnitude)) - centre) / width)
            }
        case .uniform:
            let half = 3.0.squareRoot() * deviation
            cumulative = { min(max(($0 - mean + half) / (2 * half), 0), 1) }
        case .quantiles:
            return 0
        }
        return stride(from: 1, to: 100, by: 1)
            .reduce(0) { worst, percent in
                let value = sample.quantile(Double(percent) / 100)
                return max(worst, abs(cumulative(value) - Double(percent) / 100))
            }
    }

    /// Mean and standard deviation of the logarithms of readings that are above 0, but for faults.
    private static func logarithms(of sample: [Double]) -> (centre: Double, width: Double) {
        let (least, greatest) = (sample.quantile(end), sample.quantile(1 - end))
        let logs = sample.map { Elementary.logarithm(min(max($0, least), greatest)) }
        let centre = logs.reduce(0, +) / Double(logs.count)
        return (
            centre, (logs.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(logs.count)).squareRoot()
        )
    }

    /// Readings of sensors at normally distributed levels, in rising order and as far as readings go.
    private static func blurred(_ series: LearnedSeries, by spread: Double) -> [Double] {
        let levels = 31
        let deviates = (0..<levels).map { NormalCurve.shared.deviate((Double($0) + 0.5) / Double(levels)) }
        let square = deviates.reduce(0) { $0 + $1 * $1 } / Double(levels)
        let readings = (0..<512).map { series.sample.quantile((Double($0) + 0.5) / 512) }
        let (least, greatest) = (series.whole[0], series.whole[series.whole.count - 1])
        return
            deviates.flatMap { deviate in
                let level = series.levels.mean + deviate / square.squareRoot() * spread
                let factor = series.levels.isProportional ? Elementary.exponential(level) : 1
                let shift = series.levels.isProportional ? 0 : level
                return readings.map { reading in
                    // What would lie beyond an end lies as far inside it.
                    let value = reading * factor + shift
                    let folded = value < least ? 2 * least - value : value > greatest ? 2 * greatest - value : value
                    return min(max(folded, least), greatest)
                }
            }
            .sorted()
    }
}
