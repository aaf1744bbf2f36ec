import DatasetGen

/// What is learnt of one metric of a recording.
struct LearnedMetric {
    let series: LearnedSeries
    let scores: BinnedScores
    let distribution: LearnedDistribution
    /// What the readings are as they stand.
    let values: RecordedValues
    /// Where readings end.
    let ends: LearnedEnds
    /// White noise, in the unit.
    private(set) var noise: Double
    let pattern: LearnedPattern
    private(set) var wander: LearnedWander
    /// The correlation of two sensors' wander; nil for one sensor.
    let likeness: Double?
    /// The variance of scores that is no noise.
    private(set) var signalVariance: Double
    /// What is left of the scores without the pattern; nothing of what neither follows nor leads.
    let rest: BinnedScores
    private let structure: LearnedStructure
    /// The most that the noise may be, in scores.
    private let noiseLimit: Double

    /// Correlations that are so far off tell that a wander is not like the readings.
    private static let poorFit = 0.3

    var mean: Double { distribution.mean }
    var deviation: Double { distribution.deviation }

    /// The part of the variance of all that is no noise which the levels of sensors are.
    var levelShare: Double {
        let share = distribution.levelShare
        return share / (share + (1 - share) * signalVariance)
    }

    /// Whether it varies by less than readings show: it is a constant.
    var isStill: Bool { deviation < 0.5 * resolution.value }

    /// Whether it is one of two values at any time: a state.
    var isState: Bool { values.pair != nil }

    var resolution: Resolution { series.recording.metrics[series.metric].resolution }

    /// Decimals of what a recipe says in the metric's unit.
    var decimals: Int { min(6, resolution.decimals + 2) }

    var name: String { series.recording.metrics[series.metric].name }

    /// Nil for a column without readings.
    init?(_ recording: Recording, metric: Int) {
        guard let series = LearnedSeries(recording, metric: metric) else { return nil }
        let distribution = LearnedDistribution(series)
        self.distribution = distribution
        let values = RecordedValues(recording, metric: metric)
        self.values = values
        let ends = LearnedEnds(series, distribution)
        self.ends = ends
        let step = recording.metrics[metric].resolution.value
        let own = distribution.ownDeviation
        var isLinear = distribution.form == .normal
        // What only rises comes back in no day and no week.
        let isPlain = own == 0 || values.isRising || values.pair != nil
        var view = View(series, isStill: isPlain)
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
        noise = ends.most(of: noise, in: distribution)
        if noise < 0.25 * step { noise = 0 }
        scores = view.scores
        let pattern = view.pattern
        self.pattern = pattern
        let rest = scores.subtracting { pattern.value(at: $0) }
        likeness = rest.likeness
        let isAlone = values.isRising || values.pair != nil
        self.rest = isAlone ? rest.subtracting { _ in .nan } : rest
        structure = LearnedStructure(view.series, pattern, variance: max(0.01, 1 - pattern.variance))
        noiseLimit = own > 0 ? noise / own : 0
        wander = LearnedWander(usual: .init(structure, noiseUpTo: noiseLimit))
        (self.noise, signalVariance) = (0, 1)
        setNoise()
    }

    /// The noise beside the wander, but for what rounding hides.
    private mutating func setNoise() {
        let own = distribution.ownDeviation
        let step = resolution.value
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
        guard !isStill, !isState else { return }
        let task = LearnedWander.Task(structure, following: followed, noiseUpTo: noiseLimit)
        wander = LearnedWander.best(task)
        let changes = LearnedVolatility(ownRest(following: couplings, of: others))
        if let (volatility, isNoisy) = changes?.found(of: wander, task) {
            let spread = structure.withoutTrimming { lag in
                ScaledChanges(wander, task, after: lag, upTo: volatility.period).trimming(volatility.size)
            }
            let limit = isNoisy ? noiseLimit : 0
            let task = LearnedWander.Task(spread, following: followed, noiseUpTo: limit)
            let volatile = LearnedWander.best(task, volatility)
            // Changes that come to nothing like what was measured are no calm and lively times.
            if volatile.error <= max(Self.poorFit, 1.5 * wander.error) { wander = volatile }
        }
        setNoise()
    }

    /// Whether what it follows changes much more from one reading to the next than it does itself.
    func isOutpaced(by followed: FollowedWander) -> Bool {
        guard let next = structure.points.first else { return false }
        return followed.part(after: next.lag) > Self.pace * next.part
    }

    private static let pace = 2.0

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
