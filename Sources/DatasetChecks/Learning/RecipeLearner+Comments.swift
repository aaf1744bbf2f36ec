import DatasetGen

extension RecipeLearner {
    func comments(on index: Int, _ likeness: LearnedLikeness) -> [String] {
        let metric = metrics[index]
        var lines = likeness.lines(of: index)
        lines.append(
            "distribution: within \(Self.percent(metric.distribution.error)) of the readings; wander: correlations within "
                + FixedPoint(rounding: metric.wander.error, decimals: 2).text
        )
        if metric.series.oddShare > 0 { lines.append("left aside as faults: \(Self.percent(metric.series.oddShare))") }
        lines += patternLines(of: metric)
        lines += levelLines(of: metric)
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
        return lines
    }

    /// How well cycles are known, and whether days of the week are.
    private func patternLines(of metric: LearnedMetric) -> [String] {
        var lines: [String] = []
        if let week = metric.pattern.week {
            let error = (week.errorVariance / max(week.variance, 1e-9)).squareRoot()
            lines.append(
                "week: its shape is that of \(week.weeks.grouped(of: "week")), known within "
                    + "\(Self.percent(error)) of its deviation"
            )
        }
        for cycle in metric.pattern.cycles {
            let period = DurationText.text(ofMicroseconds: cycle.period)
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
    private func levelLines(of metric: LearnedMetric) -> [String] {
        let levels = metric.series.levels
        if metric.distribution.levels > 0, let spread = levels.spread {
            let decimals = min(6, recording.metrics[metric.series.metric].resolution.decimals + 2)
            func text(_ value: Double) -> String { FixedPoint(rounding: value, decimals: decimals).text }
            let error = metric.distribution.levels * levels.error / spread
            return [
                "levels of \(levels.count.grouped(of: "sensor")): standard deviation \(text(metric.distribution.levels)) ± "
                    + text(error) + (levels.isProportional ? ", each with a spread in proportion" : "")
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
        FixedPoint(rounding: value * 100, decimals: 1).text + " %"
    }
}
