import DatasetGen

/// What is learnt of one metric of a recording.
struct LearnedMetric {
    let series: LearnedSeries
    let scores: BinnedScores
    let distribution: LearnedDistribution
    let minimum: Double
    let maximum: Double
    /// White noise, in the unit.
    private(set) var noise: Double
    let pattern: LearnedPattern
    private(set) var wander: LearnedWander
    /// The correlation of two sensors' wander; nil for one sensor.
    let likeness: Double?
    /// The variance of scores that is no noise.
    private(set) var signalVariance: Double
    /// What is left of the scores without the pattern.
    let rest: BinnedScores
    private let structure: LearnedStructure
    /// The most that the noise may be, in scores.
    private let noiseLimit: Double

    var mean: Double { distribution.mean }
    var deviation: Double { distribution.deviation }

    /// The part of the variance of all that is no noise which the levels of sensors are.
    var levelShare: Double {
        let share = distribution.levelShare
        return share / (share + (1 - share) * signalVariance)
    }

    /// Whether it varies by less than readings show: it is a constant.
    var isStill: Bool { deviation < 0.5 * series.recording.metrics[series.metric].resolution.value }

    var name: String { series.recording.metrics[series.metric].name }

    /// Nil for a column without readings.
    init?(_ recording: Recording, metric: Int) {
        guard let series = LearnedSeries(recording, metric: metric) else { return nil }
        let distribution = LearnedDistribution(series)
        self.distribution = distribution
        let (mean, deviation) = (distribution.mean, distribution.deviation)
        let sample = series.levels.spread == nil ? series.sample : series.whole
        let count = Double(sample.count)
        let (least, greatest) = (sample[0], sample[sample.count - 1])
        func isBound(_ value: Double) -> Bool { Double(sample.count { $0 == value }) > max(2, 0.01 * count) }
        // Faults lie beyond the ends of what is healthy, so that these are not asked.
        let (middle, low, high) = (sample.quantile(0.5), sample.quantile(0.001), sample.quantile(0.999))
        let floor = min(low - 0.3 * (middle - low), mean - 4 * deviation)
        let ceiling = max(high + 0.3 * (high - middle), mean + 4 * deviation)
        let step = recording.metrics[metric].resolution.value
        let bottom =
            isBound(least) || deviation == 0
            ? least : least >= 0 || distribution.form == .lognormal ? max(0, floor) : floor
        let top = isBound(greatest) || deviation == 0 ? greatest : ceiling
        // Between its ends a model has three steps at least.
        let room = top - bottom < 2 * step ? step : 0
        (minimum, maximum) = (bottom - room, top + room)
        let own = distribution.ownDeviation
        var isLinear = distribution.form == .normal
        var view = View(series, isStill: own == 0)
        // Where it is the pattern that makes the readings lean to one side, they are near to it as they are, and their ranks
        // are not: what they wander by is the same at all its heights.
        if distribution.form != .normal, view.pattern.variance > 0.1 {
            let other = View(series.withLinearScores, isStill: false)
            if other.pattern.variance > view.pattern.variance { (view, isLinear) = (other, true) }
        }
        self.series = view.series
        // A week has steps that look like noise.
        let week = isLinear ? view.pattern.week : nil
        var noise = min(series.noise { own * (week?.value(at: $0) ?? 0) }, 0.9 * own)
        // What is never below 0 has no noise that goes there.
        if distribution.form == .lognormal { noise = min(noise, sample.quantile(0.01) / 3.6) }
        if noise < 0.25 * step { noise = 0 }
        scores = view.scores
        let pattern = view.pattern
        self.pattern = pattern
        rest = scores.subtracting { pattern.value(at: $0) }
        likeness = rest.likeness
        structure = LearnedStructure(view.series, pattern, variance: max(0.01, 1 - pattern.variance))
        noiseLimit = own > 0 ? noise / own : 0
        wander = LearnedWander(usual: .init(structure, noiseUpTo: noiseLimit))
        (self.noise, signalVariance) = (0, 1)
        setNoise()
    }

    /// The noise beside the wander, but for what rounding hides.
    private mutating func setNoise() {
        let own = distribution.ownDeviation
        let step = series.recording.metrics[series.metric].resolution.value
        noise = wander.noise * own < 0.25 * step ? 0 : wander.noise * own
        let scoreNoise = own > 0 ? noise / own : 0
        signalVariance = max(0.01, 1 - scoreNoise * scoreNoise)
    }

    /// Learns the wander anew, with what is known of the metrics that this one follows: the usual octaves of one period where
    /// they do, else octaves with shares of their own, and how the size of short ones varies.
    ///
    /// - Parameters:
    ///   - couplings: what the metric follows.
    ///   - followed: what comes from there.
    ///   - others: all metrics.
    mutating func refineWander(
        following couplings: [LearnedCoupling],
        _ followed: FollowedWander,
        of others: [LearnedMetric]
    ) {
        guard !isStill else { return }
        let task = LearnedWander.Task(structure, following: followed, noiseUpTo: noiseLimit)
        wander = LearnedWander.best(task)
        let changes = LearnedVolatility(ownRest(following: couplings, of: others))
        if let (volatility, isNoisy) = changes?.found(of: wander, task) {
            let spread = structure.withoutTrimming { lag in
                ScaledChanges(wander, task, after: lag, upTo: volatility.period).trimming(volatility.size)
            }
            let limit = isNoisy ? noiseLimit : 0
            let task = LearnedWander.Task(spread, following: followed, noiseUpTo: limit)
            wander = LearnedWander.best(task, volatility)
        }
        setNoise()
    }

    /// What is left without what comes from others.
    private func ownRest(following couplings: [LearnedCoupling], of others: [LearnedMetric]) -> BinnedScores {
        let interval = Int64(series.recording.grid.interval.seconds * 1e6)
        var own = rest
        // A step shows in changes from one reading to the next, and hardly in means of many.
        if rest.width < 3 * interval {
            own = BinnedScores(series, areSpread: true).subtracting { pattern.value(at: $0) }
        }
        for coupling in couplings {
            let leader = others[coupling.leader].rest
            let scale = (rest.variance / max(leader.variance, 1e-9)).squareRoot()
            own = own.subtracting(leader, times: coupling.weight * scale, lag: Int(coupling.lag / rest.width))
        }
        return own
    }

    /// A series by one kind of scores, and what comes back regularly in them.
    private struct View {
        let series: LearnedSeries
        let scores: BinnedScores
        let pattern: LearnedPattern

        init(_ series: LearnedSeries, isStill: Bool) {
            self.series = series
            scores = BinnedScores(series)
            pattern = isStill ? LearnedPattern() : LearnedPattern(in: scores)
        }
    }
}
