import DatasetGen

/// How well the best one-liner finds the events of each type, beside a detector that guesses.
///
/// Readings of events of other types are neither hits nor false alarms.
struct OneLinerMeasure {
    private let sample: SensorSample
    private let twin: TwinSample
    /// Per sampled sensor: one by the counts in a unit of each metric, four at a time.
    private let units: [[SIMD4<Double>]]
    /// Per sampled sensor, per four metrics.
    private var windows: [[FeatureWindow]]
    private let metricCount: Int
    private var states: [OneLinerScores.SensorState]
    private var scores: OneLinerScores
    private var levels: [UInt8]
    private let oneLiners: [OneLiner]

    init(_ plan: GenerationPlan, sample: SensorSample, twin: TwinSample) {
        self.sample = sample
        self.twin = twin
        oneLiners = OneLiner.all(plan.recipe.schema)
        let scores = OneLinerScores(reaches: oneLiners.map(\.reach))
        metricCount = plan.recipe.schema.metrics.count
        let units = sample.sensors.map { sensor in
            plan.fleet.sensors[sensor].resolutions.map(\.countsPerUnit).vectors(filler: 1).map { 1 / $0 }
        }
        self.units = units
        windows = units.map { $0.map { _ in FeatureWindow() } }
        states = sample.sensors.map { _ in scores.start() }
        levels = Array(repeating: 0, count: oneLiners.count)
        self.scores = scores
    }

    /// Takes note of a reading of a sampled sensor, and of the event that it belongs to.
    mutating func add(_ reading: AuditedReading, slot: Int, event: StoredEvent?) {
        computeLevels(reading, slot)
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

    private mutating func computeLevels(_ reading: AuditedReading, _ slot: Int) {
        let missing = (0..<metricCount).count { reading.metrics[$0] == ReadingBlock.null }
        levels[levels.count - 1] = !reading.isPresent || missing > 0 ? UInt8(ScoreLevel.highest) : 0
        if !reading.isPresent || missing == metricCount {
            for channel in 0..<levels.count - 1 { levels[channel] = 0 }
            return
        }
        for four in windows[slot].indices {
            let counts = reading.metrics.vector(four)
            let value = SIMD4<Double>(counts) * units[slot][four] - twin.means[slot][four]
            let mask = SIMD4<Int64>(truncatingIfNeeded: counts) .== Int64(ReadingBlock.null)
            windows[slot][four].push(value, isMissing: mask)
            setLevels(slot, four, mask)
        }
    }

    /// Sets the levels of four metrics; the highest of all metrics stands behind them.
    private mutating func setLevels(_ slot: Int, _ four: Int, _ mask: SIMDMask<SIMD4<Int64>>) {
        let first = four * MetricCounts.width
        for feature in 0..<FeatureWindow.featureCount {
            let score = windows[slot][four].scores[feature].replacing(with: 0, where: mask)
            let channel = feature * (metricCount + 1)
            for metric in first..<min(first + MetricCounts.width, metricCount) {
                levels[channel + metric] = ScoreLevel.level(of: score[metric - first])
            }
            let highest = ScoreLevel.level(of: (score * twin.weights[slot][four][feature]).max())
            levels[channel + metricCount] = four == 0 ? highest : max(highest, levels[channel + metricCount])
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
                        difficulties: found(by: best, of: type, difficulties)
                    )
                }
        }
    }

    /// The figures of the types whose events have the difficulties of this program.
    func difficultyFigures(difficulties: [String]) -> [DifficultyFigure] {
        AnomalyType.allCases.compactMap { type in
            guard let best = scores.best(for: type, falseAlarmRate: DifficultyFigure.falseAlarmRate) else { return nil }
            let found = found(by: best, of: type, difficulties)
            let known = Difficulty.allCases.compactMap { difficulty in
                found.first { $0.name == difficulty.rawValue && $0.events > 0 }
            }
            return known.isEmpty
                ? nil
                : DifficultyFigure(
                    type: type,
                    oneLiner: oneLiners[best.channel],
                    threshold: ScoreLevel.threshold(ofLevel: best.level),
                    difficulties: known
                )
        }
    }

    private func found(
        by best: OneLinerScores.Best,
        of type: AnomalyType,
        _ difficulties: [String]
    ) -> [OneLinerFigure.Difficulty] {
        difficulties.enumerated()
            .map { index, name in
                let (hits, events) = scores.hits(of: best, for: type, difficulty: index)
                return .init(name: name, events: events, hits: hits)
            }
    }
}
