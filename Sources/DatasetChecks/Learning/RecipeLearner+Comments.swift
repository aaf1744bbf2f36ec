import DatasetGen

extension RecipeLearner {
    func comments(on index: Int, _ settled: [SettledMetric], _ likeness: LearnedLikeness) -> [String] {
        let metric = metrics[index]
        if let state = LearnedState(metric) {
            return likeness.stateLines(of: index, state) + ["not learnt: what goes with it, and when it changes"]
        }
        guard case .process(let draft, let concessions) = settled[index] else { return [] }
        if metric.isStill { return stillLines(of: metric) }
        var lines = likeness.lines(of: index)
        let near = FixedPoint(rounding: metric.wander.error, decimals: 2).text
        let error = Self.percent(draft.error ?? metric.distribution.error)
        lines.append(
            (concessions.isPlain ? "" : "distribution: within \(error) of the readings; ")
                + "wander: correlations within \(near)"
        )
        if metric.series.oddShare > 0 { lines.append("left aside as faults: \(Self.percent(metric.series.oddShare))") }
        if concessions.regular > 0, !concessions.isPlain { lines += patternLines(of: metric, draft) }
        lines += levelLines(of: metric, draft)
        lines += concessionLines(of: index, draft, concessions, settled)
        if let scarcity { lines.append("not learnt from so little: \(scarcity)") }
        if let likeness = metric.likeness, likeness > 0.2, likeness <= 0.7 {
            let text = FixedPoint(rounding: likeness, decimals: 2).text
            lines.append(
                "not learnt: sensors wander together in part (correlation \(text)); here each goes its own way"
            )
        }
        for other in untold where other.follower == index {
            let text = FixedPoint(rounding: other.correlation, decimals: 2).text
            lines.append("not learnt: a correlation of \(text) with \(metrics[other.leader].name)")
        }
        return lines + valueLines(of: metric)
    }

    /// What a constant leaves out.
    private func stillLines(of metric: LearnedMetric) -> [String] {
        if metric.values.counts?.count == 1 { return ["a constant: all readings are the same"] }
        let text = FixedPoint(rounding: metric.mean, decimals: metric.decimals).text
        let range = metric.series.recording.metrics[metric.series.metric].range
        func reading(_ count: Int32) -> String {
            FixedPoint(count: Int64(count), decimals: metric.resolution.decimals).text
        }
        return [
            "not learnt: readings from \(reading(range.lowerBound)) to \(reading(range.upperBound)); they differ so little, or so "
                + "seldom, that here all are \(text), rounded"
        ]
    }

    /// What readings seem to be that no process makes.
    private func valueLines(of metric: LearnedMetric) -> [String] {
        if metric.values.isRising {
            return [
                "not learnt: that readings only rise, as a counter's do; here they go up and down (there is a model counter)"
            ]
        }
        guard let counts = metric.values.counts, metric.resolution.decimals == 0 else { return [] }
        return [
            "not learnt: whether the \(counts.count) different readings are states; here they are a quantity, rounded"
        ]
    }

    /// What is not as it was learnt, since no metric can be had that is.
    private func concessionLines(
        of index: Int,
        _ draft: ProcessDraft,
        _ concessions: Concessions,
        _ settled: [SettledMetric]
    ) -> [String] {
        let metric = metrics[index]
        func text(_ value: Double) -> String { FixedPoint(rounding: value, decimals: metric.decimals).text }
        if concessions.isPlain {
            return [
                "not learnt: the form of the distribution, noise, levels, cycles and what it follows, which cannot be had "
                    + "together; it is normal around its mean"
            ]
        }
        var lines: [String] = []
        if concessions.regular == 0, !metric.pattern.isEmpty || !couplings[index].isEmpty {
            lines.append("not learnt: cycles and what it follows, which add up to more than there is")
        } else if concessions.regular < 1 {
            let part = Self.percent(1 - concessions.regular)
            lines.append(
                "cycles and what it follows are \(part) smaller than learnt: they add up to more than there is"
            )
        }
        if concessions.regular > 0 {
            for coupling in couplings[index] where !settled[coupling.leader].isFollowable {
                let leader = metrics[coupling.leader].name
                lines.append("not learnt: that it follows \(leader), of which not all can be had")
            }
        }
        if draft.parameters.noise < 0.99 * metric.noise, concessions.noise < 1 {
            let learnt = text(metric.noise)
            lines.append("noise is less than learnt, which was \(learnt): it has no room between min and max")
        }
        return lines
    }

    /// How well cycles are known, and whether days of the week are.
    private func patternLines(of metric: LearnedMetric, _ draft: ProcessDraft) -> [String] {
        // What a metric follows brings its cycles along.
        let leaders = metrics.filter { other in draft.parameters.follows.contains { $0.metric == other.name } }
        let cycles = draft.parameters.cycles
        var lines: [String] = []
        if let week = metric.pattern.week {
            let error = (week.errorVariance / max(week.variance, 1e-9)).squareRoot()
            let isStated = cycles.contains { $0.shape != nil } || leaders.contains { $0.pattern.week != nil }
            lines.append(
                isStated
                    ? "week: its shape is that of \(week.weeks.grouped(of: "week")), known within "
                        + "\(Self.percent(error)) of its deviation"
                    : "not learnt: the shape of a week, which is too small beside the rest"
            )
        }
        for cycle in metric.pattern.cycles {
            let period = DurationText.text(ofMicroseconds: cycle.period)
            let isStated =
                cycles.contains { $0.period == cycle.period || $0.shape != nil && cycle.dividesWeek }
                || leaders.contains { $0.pattern.cycles.contains { $0.period == cycle.period } }
            guard isStated else {
                lines.append("not learnt: a cycle of \(period), which is too small beside the rest")
                continue
            }
            guard let error = cycle.standardError else {
                lines.append("the cycle of \(period) was seen too seldom to be sure")
                continue
            }
            // Of the amplitude, and of the phase in parts of a turn.
            let part = error / (2 * cycle.variance).squareRoot()
            let peak = Int64(Double(cycle.period) * part / (2 * Double.pi)).inRoundUnits
            lines.append(
                "cycle of \(period): its height within \(Self.percent(part)), its peak within "
                    + DurationText.text(ofMicroseconds: peak)
            )
        }
        return lines
    }

    /// How well the levels of sensors are known.
    private func levelLines(of metric: LearnedMetric, _ draft: ProcessDraft) -> [String] {
        let levels = metric.series.levels
        if metric.distribution.levels > 0, let spread = levels.spread {
            let decimals = min(6, recording.metrics[metric.series.metric].resolution.decimals + 2)
            func text(_ value: Double) -> String { FixedPoint(rounding: value, decimals: decimals).text }
            let error = metric.distribution.levels * levels.error / spread
            let known = "\(text(metric.distribution.levels)) ± \(text(error))"
            let stated = draft.parameters.levels
            guard stated > 0 else { return ["not learnt: levels of sensors, of a standard deviation of \(known)"] }
            return [
                "levels of \(levels.count.grouped(of: "sensor")): standard deviation \(known)"
                    + (levels.isProportional ? ", each with a spread in proportion" : "")
                    + (stated < 0.99 * metric.distribution.levels ? "; more than \(text(stated)) has no room" : "")
            ]
        }
        let sorted = levels.offsets.sorted()
        guard let least = sorted.first, let most = sorted.last, sorted.count > 1 else { return [] }
        let (low, high) =
            levels.isProportional
            ? (metric.mean * Elementary.exponential(least), metric.mean * Elementary.exponential(most)) : (least, most)
        guard high - low > 0.5 * metric.deviation else { return [] }
        let width = FixedPoint(rounding: high - low, decimals: 3).text
        let reason =
            levels.count < LearnedLevels.leastCount
            ? "it takes \(LearnedLevels.leastCount) sensors to tell how they differ"
            : metric.distribution.ownDeviation == 0
                ? "sensors do not vary" : "the first and the last third of the file do not agree on them"
        return [
            "not learnt: levels of sensors, which lie up to \(width) apart: \(reason); these are like one in the middle"
        ]
    }

    /// What so short or small a recording tells nothing of; nil for one that is neither.
    var scarcity: String? {
        let grid = recording.grid
        var missing: [String] = []
        if recording.sensors.count < LearnedLevels.leastCount {
            missing.append("levels of sensors (from \(LearnedLevels.leastCount) sensors on)")
        }
        if grid.end.microseconds - grid.start.microseconds < 2 * LearnedWeek.period {
            missing.append("days of the week (from 14 days on)")
        }
        return missing.isEmpty ? nil : missing.joined(separator: ", ")
    }

    private static func percent(_ value: Double) -> String {
        value < 0.000_5 && value > 0 ? "less than 0.1 %" : FixedPoint(rounding: value * 100, decimals: 1).text + " %"
    }
}
