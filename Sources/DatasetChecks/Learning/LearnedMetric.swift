import DatasetGen

/// What is learnt of one metric of a recording.
struct LearnedMetric {
    let series: LearnedSeries
    let scores: BinnedScores
    let mean: Double
    let deviation: Double
    let minimum: Double
    let maximum: Double
    /// White noise, in the unit.
    let noise: Double
    let distribution: ProcessParameters.Distribution
    /// The largest difference between the distribution and that of the readings.
    let distributionError: Double
    let cycles: [LearnedCycle]
    let wander: LearnedWander
    /// The correlation of two sensors' wander; nil for one sensor.
    let likeness: Double?
    /// The variance of scores that is no noise.
    let signalVariance: Double
    /// What is left of the scores without cycles.
    let rest: BinnedScores

    /// Whether it varies by less than readings show: it is a constant.
    var isStill: Bool { deviation < 0.5 * series.recording.metrics[series.metric].resolution.value }

    var name: String { series.recording.metrics[series.metric].name }

    /// Nil for a column without readings.
    init?(_ recording: Recording, metric: Int) {
        guard let series = LearnedSeries(recording, metric: metric) else { return nil }
        self.series = series
        let sample = series.sample
        let count = Double(sample.count)
        let mean = sample.reduce(0, +) / count
        let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let deviation = variance.squareRoot()
        (self.mean, self.deviation) = (mean, deviation)
        let (least, greatest) = (sample[0], sample[sample.count - 1])
        func isBound(_ value: Double) -> Bool { Double(sample.count { $0 == value }) > 0.01 * count }
        // Faults lie beyond the ends of what is healthy, so that these are not asked.
        let (middle, low, high) = (
            RobustMoments.quantile(sample, 0.5), RobustMoments.quantile(sample, 0.001),
            RobustMoments.quantile(sample, 0.999)
        )
        let floor = min(low - 0.3 * (middle - low), mean - 4 * deviation)
        let ceiling = max(high + 0.3 * (high - middle), mean + 4 * deviation)
        let step = recording.metrics[metric].resolution.value
        let bottom = isBound(least) || deviation == 0 ? least : least >= 0 ? max(0, floor) : floor
        let top = isBound(greatest) || deviation == 0 ? greatest : ceiling
        // Between its ends a model has three steps at least.
        let room = top - bottom < 2 * step ? step : 0
        (minimum, maximum) = (bottom - room, top + room)
        let noise = min(series.noise, 0.9 * deviation)
        self.noise = noise < 0.25 * step ? 0 : noise
        (distribution, distributionError) = Self.distribution(of: sample, mean: mean, deviation: deviation)
        let scores = BinnedScores(series)
        self.scores = scores
        let scoreNoise = variance > 0 ? self.noise / deviation : 0
        signalVariance = max(0.01, 1 - scoreNoise * scoreNoise)
        cycles = deviation > 0 ? LearnedCycle.all(in: scores) : []
        let cyclic = cycles
        rest = scores.subtracting { time in cyclic.reduce(0) { $0 + $1.value(at: time) } }
        likeness = rest.likeness
        let taken = cyclic.reduce(0) { $0 + $1.variance }
        wander = LearnedWander(
            series,
            cyclic,
            variance: max(0.01, signalVariance - taken),
            noise: scoreNoise
        )
    }

    /// The distribution that a recipe can state in a word where it is near enough, and else its quantiles.
    private static func distribution(of sample: [Double], mean: Double, deviation: Double)
        -> (ProcessParameters.Distribution, Double)
    {
        guard deviation > 0 else { return (.normal, 0) }
        let curve = NormalCurve.shared
        func error(_ cumulative: (Double) -> Double) -> Double {
            stride(from: 1, to: 100, by: 1)
                .reduce(0) { worst, percent in
                    let value = RobustMoments.quantile(sample, Double(percent) / 100)
                    return max(worst, abs(cumulative(value) - Double(percent) / 100))
                }
        }
        let normal = error { curve.probability(below: ($0 - mean) / deviation) }
        var best: (ProcessParameters.Distribution, Double) = (.normal, normal)
        if sample[0] > 0 {
            let logs = sample.map { Elementary.logarithm($0) }
            let centre = logs.reduce(0, +) / Double(logs.count)
            let width = (logs.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(logs.count)).squareRoot()
            let lognormal = error { curve.probability(below: (Elementary.logarithm($0) - centre) / width) }
            if lognormal < 0.7 * best.1 { best = (.lognormal, lognormal) }
        }
        let half = 3.0.squareRoot() * deviation
        let uniform = error { min(max(($0 - mean + half) / (2 * half), 0), 1) }
        if uniform < 0.7 * best.1 { best = (.uniform, uniform) }
        if best.1 <= 0.03 { return best }
        var quantiles: [Double] = []
        for index in 0...32 {
            let value = RobustMoments.quantile(sample, Double(index) / 32)
            if value > (quantiles.last ?? -.infinity) { quantiles.append(value) }
        }
        // Readings of a few values only have steps that no straight lines follow.
        return quantiles.count == 33 ? (.quantiles(quantiles), 1 / 64) : best
    }
}
