import DatasetGen

extension RecipeLearner {
    /// What a recipe says of the metrics, none of which is more than can be had.
    ///
    /// - Throws: `RecipeErrors` for a metric that cannot be had at all.
    func settled() throws(RecipeErrors) -> [SettledMetric] {
        var settled = metrics.map { $0.isState ? SettledMetric.state : .open }
        var signals: [String: ProcessLatent] = [:]
        for index in order where !metrics[index].isState {
            var concessions = Concessions()
            while true {
                let draft = draft(of: index, concessions, settled)
                do throws(MetricModelError) {
                    signals[draft.name] = try draft.signal(following: signals, on: recording.grid)
                    settled[index] = .process(draft, concessions)
                    break
                } catch {
                    guard concessions.concede(to: error) else {
                        throw RecipeErrors([
                            RecipeDiagnostic(origin: nil, keyPath: error.keyPath, message: error.description)
                        ])
                    }
                }
            }
        }
        return settled
    }

    /// What a recipe would say of a metric.
    private func draft(of index: Int, _ concessions: Concessions, _ settled: [SettledMetric]) -> ProcessDraft {
        let metric = metrics[index]
        guard !metric.isStill else {
            var draft = ProcessDraft(metric, mean: metric.mean, deviation: 0)
            let step = metric.resolution.value
            draft.setBounds(metric.mean - step...metric.mean + step)
            return draft
        }
        guard !concessions.isPlain else {
            var draft = ProcessDraft(metric, mean: metric.mean, deviation: metric.deviation)
            let width = 5 * metric.deviation + metric.resolution.value
            draft.setBounds(metric.mean - width...metric.mean + width)
            draft.parameters.wander = metric.wander.course.inRoundNumbers
            return draft
        }
        var draft = metric.distributed(concessions)
        draft.parameters.levels = draft.rounded(metric.levels(among: draft) * concessions.levels)
        let followed = concessions.regular > 0 ? followed(by: index, concessions.regular, settled) : []
        draft.parameters.wander = metric.wander.course.inRoundNumbers
        let share = (1 - metric.levelShare).squareRoot()
        draft.parameters.follows = followed.map { followed in
            .init(
                metric: metrics[followed.coupling.leader].name,
                weight: FixedPoint(rounding: followed.weight * share, decimals: 3).double,
                lag: followed.coupling.lag
            )
        }
        if concessions.regular > 0 {
            draft.parameters.cycles = cycles(of: index, followed, factor: concessions.regular)
        }
        if let likeness = metric.likeness, likeness > 0.7 { draft.parameters.scope = .fleet }
        return draft
    }

    /// A metric that is followed, and its part of the other's signal, levels aside.
    private struct Followed {
        var coupling: LearnedCoupling
        var weight: Double
    }

    /// What a metric follows of those that have all that was learnt of them.
    private func followed(by index: Int, _ factor: Double, _ settled: [SettledMetric]) -> [Followed] {
        let couplings = couplings[index].filter { settled[$0.leader].isFollowable }
        return couplings.map { Followed(coupling: $0, weight: weight(of: $0, among: couplings.count) * factor) }
    }

    /// The part of a leader's signal in a metric's, levels aside, that makes that of their wander.
    private func weight(of coupling: LearnedCoupling, among count: Int) -> Double {
        func part(_ metric: LearnedMetric) -> Double {
            max(0.01, metric.signalVariance - metric.pattern.variance) / metric.signalVariance
        }
        let (own, other) = (part(metrics[coupling.follower]), part(metrics[coupling.leader]))
        let most = count == 1 ? Self.mostOfOne : 9.9
        return min(max(coupling.weight * (own / other).squareRoot(), -most), most)
    }

    /// Of the only one that is followed: a hundredth of the variance stays the metric's own.
    private static var mostOfOne: Double { 0.994 }

    /// The cycles of a metric, less what comes with those that it follows.
    private func cycles(of index: Int, _ followed: [Followed], factor: Double) -> [MetricCycle] {
        let metric = metrics[index]
        let signal = metric.signalVariance
        // Others' patterns come with them: so much of each, and so much later.
        let patterns = followed.map { others(of: $0.coupling.leader, times: $0.weight, signal, lag: $0.coupling.lag) }
        let weeks = ([metric.pattern] + patterns.map(\.pattern)).compactMap(\.week)
        var own = metric.pattern.cycles
        for (pattern, part, lag) in patterns {
            for cycle in pattern.cycles {
                let shifted = cycle.shifted(by: lag)
                if let place = own.firstIndex(where: { $0.period == cycle.period }) {
                    own[place].cosine -= part * shifted.cosine
                    own[place].sine -= part * shifted.sine
                } else {
                    var opposite = shifted
                    (opposite.cosine, opposite.sine) = (-part * shifted.cosine, -part * shifted.sine)
                    own.append(opposite)
                }
            }
        }
        // Of what is no level: small beside large levels, it is still what a sensor has.
        func part(_ variance: Double) -> Double { variance / signal * factor }
        func share(_ variance: Double) -> Double {
            FixedPoint(
                rounding: min(part(variance) * (1 - metric.levelShare), 0.98),
                decimals: ProcessDraft.shareDecimals
            )
            .double
        }
        var found: [MetricCycle] = []
        if let count = weeks.map(\.points.count).max() {
            own.removeAll(where: \.dividesWeek)
            let points = (0..<count)
                .map { point in
                    let time = LearnedWeek.time(ofPoint: point, of: count)
                    return patterns.reduce(metric.pattern.weeklyValue(at: time)) {
                        $0 - $1.part * $1.pattern.weeklyValue(at: time - $1.lag)
                    }
                }
            let variance = CycleShape.variance(of: points)
            let numbers = points.map { FixedPoint(rounding: $0 / variance.squareRoot(), decimals: 2).double }
            if part(variance) > Self.leastShare, let shape = CycleShape(numbers) {
                found.append(MetricCycle(period: LearnedWeek.period, share: share(variance), shape: shape))
            }
        }
        for cycle in own where part(cycle.variance) > Self.leastShare {
            found.append(
                MetricCycle(
                    period: cycle.period,
                    share: share(cycle.variance),
                    peak: max(1_000_000, cycle.peak)
                )
            )
        }
        return found
    }

    /// The pattern of a metric that is followed, and how much of it comes, in scores of the one that follows.
    private func others(
        of leader: Int,
        times weight: Double,
        _ signal: Double,
        lag: Int64
    ) -> (pattern: LearnedPattern, part: Double, lag: Int64) {
        (metrics[leader].pattern, weight * (signal / metrics[leader].signalVariance).squareRoot(), lag)
    }

    /// A cycle of a smaller part of the variance is left out.
    private static var leastShare: Double { 0.003 }
}

extension LearnedCycle {
    /// The same, so many microseconds later.
    fileprivate func shifted(by lag: Int64) -> LearnedCycle {
        var later = self
        // The cosine's part at the time of the peak, moved on: what it was a lag ago.
        let quarter = period / 4
        (later.cosine, later.sine) = (value(at: -lag), value(at: quarter - lag))
        return later
    }
}
