/// How well the best one-liner finds the events of each type, beside a detector that guesses.
///
/// Readings of events of other types are neither hits nor false alarms.
struct OneLinerMeasure {
    private let sample: SensorSample
    private let twin: TwinSample
    /// Per sampled sensor: one by the counts in a unit of each metric.
    private let units: [SIMD4<Double>]
    private var windows: [FeatureWindow]
    private var states: [OneLinerScores.SensorState]
    private var scores: OneLinerScores
    private var levels: [UInt8]
    private let oneLiners: [OneLiner]

    init(_ plan: GenerationPlan, sample: SensorSample, twin: TwinSample) {
        self.sample = sample
        self.twin = twin
        oneLiners = OneLiner.all(plan.recipe.schema)
        let scores = OneLinerScores(reaches: oneLiners.map(\.reach))
        units = sample.sensors.map { 1 / SIMD4(plan.fleet.sensors[$0].resolutions.map(\.countsPerUnit)) }
        windows = sample.sensors.map { _ in FeatureWindow() }
        states = sample.sensors.map { _ in scores.start() }
        levels = Array(repeating: 0, count: oneLiners.count)
        self.scores = scores
    }

    /// Takes note of a reading of a sampled sensor, and of the event that it belongs to.
    mutating func add(_ reading: AuditedReading, slot: Int, event: StoredEvent?) {
        let missing = reading.metrics .== SIMD4(repeating: ReadingBlock.null)
        computeLevels(reading, slot, isMissing: missing)
        if let event {
            scores.addAnomalous(
                levels,
                &states[slot],
                type: event.type,
                difficulty: event.difficulty,
                isLast: reading.tick == event.ticks.upperBound - 1
            )
        } else {
            scores.addNormal(levels, &states[slot])
        }
    }

    private mutating func computeLevels(_ reading: AuditedReading, _ slot: Int, isMissing: SIMDMask<SIMD4<Int32>>) {
        let isAbsent = !reading.isPresent || all(isMissing)
        levels[levels.count - 1] = !reading.isPresent || any(isMissing) ? UInt8(ScoreLevel.highest) : 0
        if isAbsent {
            for channel in 0..<levels.count - 1 { levels[channel] = 0 }
            return
        }
        let value = SIMD4<Double>(reading.metrics) * units[slot] - twin.means[slot]
        let mask = SIMD4<Int64>(truncatingIfNeeded: reading.metrics) .== Int64(ReadingBlock.null)
        windows[slot].push(value, isMissing: mask)
        for feature in 0..<FeatureWindow.featureCount {
            let score = windows[slot].scores[feature].replacing(with: 0, where: mask)
            let channel = feature * 5
            for metric in 0..<StandardMetric.count { levels[channel + metric] = ScoreLevel.level(of: score[metric]) }
            levels[channel + 4] = ScoreLevel.level(of: (score * twin.weights[slot][feature]).max())
        }
    }

    /// The figures of the types that have events; `difficulties` are the values of that column.
    func figures(difficulties: [String]) -> [OneLinerFigure] {
        AnomalyType.allCases.compactMap { type in
            scores.best(for: type)
                .map { best in
                    OneLinerFigure(
                        type: type,
                        events: best.score.events,
                        oneLiner: oneLiners[best.channel],
                        threshold: ScoreLevel.threshold(ofLevel: best.level),
                        f1: best.score.value,
                        recall: best.score.recall,
                        precision: best.score.precision,
                        chanceF1: scores.chance(for: type),
                        difficulties: difficulties.enumerated()
                            .map { index, name in
                                let (hits, events) = scores.hits(of: best, for: type, difficulty: index)
                                return .init(name: name, events: events, hits: hits)
                            }
                    )
                }
        }
    }
}
