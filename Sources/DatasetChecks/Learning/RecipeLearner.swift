package import DatasetGen

/// Makes a recipe whose readings are like those of a recording.
///
/// The recipe is plain text for people to edit: metrics of the model `process`, with a comment on each that says how well it
/// is caught. `docs/own-data.md` has the methods.
package struct RecipeLearner {
    private let recording: Recording
    private let name: String
    private let source: String
    private let metrics: [LearnedMetric]
    private let couplings: (kept: [LearnedCoupling], others: [LearnedCoupling])
    private let gaps: RecordingGaps

    /// Learns from a recording.
    ///
    /// - Parameters:
    ///   - recording: the readings.
    ///   - name: what the dataset of the recipe is called.
    ///   - source: how the recipe names the file.
    package init(_ recording: Recording, name: String, source: String) {
        (self.recording, self.name, self.source) = (recording, name, source)
        let columns = inParallel(recording.metrics.count, atLeast: 1) { range in
            range.map { LearnedMetric(recording, metric: $0) }
        }
        let metrics = columns.flatMap { $0 }.compactMap { $0 }
        self.metrics = metrics
        couplings = LearnedCoupling.all(metrics)
        gaps = RecordingGaps(recording)
    }

    /// The recipe.
    ///
    /// - Throws: `RecipeErrors` when no recipe has such readings.
    package func text() throws(RecipeErrors) -> String {
        // Shares that add up to more than there is are made smaller, all alike; then metrics are no longer coupled; and what no
        // model has inside its bounds has a normal distribution around its mean.
        var factor = 1.0
        while true {
            let parts = metrics.indices.map { section(of: $0, factor: factor) }
            let draft = write(parts.map { ($0, []) })
            do throws(RecipeErrors) {
                let recipe = try RecipeReader().read(draft, source: "recipe", defaultName: name).recipe
                let likeness = LearnedLikeness(recipe, metrics)
                return write(metrics.indices.map { (parts[$0], comments(on: $0, likeness)) })
            } catch {
                if factor < 0 { throw error }
                factor = factor > 0.5 ? factor * 0.95 : factor > 0 ? 0 : -1
            }
        }
    }

    /// What a recipe says of a metric; a factor of 0 leaves out cycles and couplings, one below it all but moments.
    private func section(of index: Int, factor: Double) -> JSONValue {
        let metric = metrics[index]
        let resolution = recording.metrics[metric.series.metric].resolution
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ value: JSONValue) { members.append(.init(key: key, value: value)) }
        func number(_ value: Double) -> JSONValue {
            .decimal(FixedPoint(rounding: value, decimals: min(6, resolution.decimals + 2)))
        }
        // Standard names have another model unless it is said.
        add("model", .string("process"))
        add("resolution", .literal(resolution.text))
        if metric.isStill || factor < 0 {
            let width = metric.isStill ? resolution.value : 5 * metric.deviation + resolution.value
            add("mean", number(metric.mean))
            add("std_dev", metric.isStill ? .integer(0) : number(metric.deviation))
            add("min", number(metric.mean - width))
            add("max", number(metric.mean + width))
            return .object(members)
        }
        if case .quantiles(let values) = metric.distribution {
            // Ends are rounded to whole steps, within which the noise has to stay.
            let inset = 3.7 * metric.noise + 2 * resolution.value
            add("distribution", ["quantiles": .array(values.map(number))])
            add("min", number(values[0] - inset))
            add("max", number(values[values.count - 1] + inset))
        } else {
            add("mean", number(metric.mean))
            add("std_dev", number(metric.deviation))
            add("min", number(metric.minimum))
            add("max", number(metric.maximum))
            if metric.distribution != .normal {
                add("distribution", .string(metric.distribution == .lognormal ? "lognormal" : "uniform"))
            }
        }
        if metric.noise > 0 { add("noise", number(metric.noise)) }
        let coupling = factor > 0 ? couplings.kept.first { $0.follower == index } : nil
        let weight = coupling.map { self.weight(of: $0) * factor }
        let cycles = factor > 0 ? self.cycles(of: index, coupling, weight: weight ?? 0, factor: factor) : []
        if !cycles.isEmpty { add("cycles", .array(cycles)) }
        add("wander", ["period": .string(DurationText.text(ofMicroseconds: metric.wander.period.inRoundUnits))])
        if let coupling, let weight {
            var follows: [JSONValue.Member] = [
                .init(key: "metric", value: .string(metrics[coupling.leader].name)),
                .init(key: "weight", value: .rounded(weight, decimals: 3)),
            ]
            if coupling.lag > 0 {
                let lag = DurationText.text(ofMicroseconds: coupling.lag)
                follows.append(.init(key: "lag", value: .string(lag)))
            }
            add("follows", .array([.object(follows)]))
        }
        if let likeness = metric.likeness, likeness > 0.7 { add("shared", .string("fleet")) }
        return .object(members)
    }

    /// The correlation of two signals that makes that of their wander.
    private func weight(of coupling: LearnedCoupling) -> Double {
        func part(_ metric: LearnedMetric) -> Double {
            let cyclic = metric.cycles.reduce(0) { $0 + $1.variance }
            return max(0.01, metric.signalVariance - cyclic) / metric.signalVariance
        }
        let (own, other) = (part(metrics[coupling.follower]), part(metrics[coupling.leader]))
        return min(max(coupling.correlation * (own / other).squareRoot(), -0.95), 0.95)
    }

    /// The cycles of a metric, less what comes with the one that it follows.
    private func cycles(
        of index: Int,
        _ coupling: LearnedCoupling?,
        weight: Double,
        factor: Double
    ) -> [JSONValue] {
        let metric = metrics[index]
        var own = metric.cycles
        let scale = metric.signalVariance.squareRoot()
        if let coupling {
            let leader = metrics[coupling.leader]
            for cycle in leader.cycles {
                let shifted = cycle.shifted(by: coupling.lag)
                let part = weight * scale / leader.signalVariance.squareRoot()
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
        return own.compactMap { cycle in
            let share = cycle.variance / metric.signalVariance * factor
            guard share > 0.003 else { return nil }
            return [
                "period": .string(DurationText.text(ofMicroseconds: cycle.period)),
                "share": .rounded(min(share, 0.98), decimals: 3),
                "peak": .string(DurationText.text(ofMicroseconds: max(1_000_000, cycle.peak))),
            ]
        }
    }

    private func comments(on index: Int, _ likeness: LearnedLikeness) -> [String] {
        let metric = metrics[index]
        var lines = likeness.lines(of: index)
        func percent(_ value: Double) -> String { FixedPoint(rounding: value * 100, decimals: 1).text + " %" }
        lines.append(
            "distribution: within \(percent(metric.distributionError)) of the readings; wander: correlations within "
                + FixedPoint(rounding: metric.wander.error, decimals: 2).text
        )
        if metric.series.oddShare > 0 { lines.append("left aside as faults: \(percent(metric.series.oddShare))") }
        let uncertain = metric.cycles.filter { $0.standardError == nil }
        for cycle in uncertain {
            lines.append(
                "the cycle of \(DurationText.text(ofMicroseconds: cycle.period)) was seen too seldom to be sure"
            )
        }
        let offsets = metric.series.offsets.sorted()
        if let least = offsets.first, let most = offsets.last, most - least > 0.5 * metric.deviation {
            let width = FixedPoint(rounding: most - least, decimals: 3).text
            lines.append(
                "not learnt: levels of sensors, which lie up to \(width) apart; these are like one in the middle"
            )
        }
        if let likeness = metric.likeness, likeness > 0.2, likeness <= 0.7 {
            let text = FixedPoint(rounding: likeness, decimals: 2).text
            lines.append(
                "not learnt: sensors wander together in part (correlation \(text)); here each goes its own way"
            )
        }
        for other in couplings.others where other.follower == index {
            let text = FixedPoint(rounding: other.correlation, decimals: 2).text
            lines.append("not learnt: a correlation of \(text) with \(metrics[other.leader].name)")
        }
        return lines
    }

    private func write(_ sections: [(JSONValue, comments: [String])]) -> String {
        let grid = recording.grid
        let interval = grid.interval.text
        let span = max(grid.end.microseconds - grid.start.microseconds, 1_000_000)
        let count = recording.sensors.count
        var text = """
            # Readings like those of \(source): \(recording.readingCount.grouped(of: "reading")) of \
            \(count.grouped(of: "sensor")), usually \(interval) apart,
            # from \(grid.start.zonedText) on. Edit it as you like; gen-dataset recipes check FILE checks it.
            # "made" is what this recipe makes, "data" what the file has. Not learnt: seasons of variance, other days of the
            # week, faults; anomalies are yours to add.
            dataset: {name: \(name), start: "\(grid.start.zonedText)", \
            duration: \(DurationText.text(ofMicroseconds: span.inWholeSeconds))}
            simulation: {interval: \(interval)}
            replicas: {count: \(count)}
            metrics:

            """
        for (index, (section, comments)) in sections.enumerated() {
            for comment in comments { text += "  # \(comment)\n" }
            text += YAMLText(metrics[index].name, section).text.indented
        }
        if gaps.share > 0.000_05 {
            let seconds = max(grid.interval.seconds, gaps.meanLength * grid.interval.seconds)
            let length = DurationText.text(ofMicroseconds: Int64(seconds * 1e6).inWholeSeconds)
            let share = FixedPoint(rounding: gaps.share, decimals: 4).text
            let mode = gaps.empty > gaps.missing ? "null" : "omit"
            text += """
                # \(gaps.missing.grouped) readings did not come, \(gaps.empty.grouped) rows have no value; \
                stretches of either: \(gaps.stretches.grouped).
                anomalies:
                  probability: \(share)
                  types:
                    missing_data: {duration: \(length), modes: [\(mode)]}

                """
        } else {
            text += "# No reading is missing.\nanomalies: {enabled: false}\n"
        }
        return text
    }
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

extension Int64 {
    /// Rounded to two digits and a unit that people read: seconds, minutes, hours.
    fileprivate var inRoundUnits: Int64 {
        let unit: Int64 = self < 120_000_000 ? 1_000_000 : self < 7_200_000_000 ? 60_000_000 : 600_000_000
        return Swift.max(unit, (self + unit / 2) / unit * unit)
    }

    /// Rounded to whole seconds, where it is longer than some.
    fileprivate var inWholeSeconds: Int64 { self < 10_000_000 ? self : (self + 500_000) / 1_000_000 * 1_000_000 }
}

extension String {
    /// Each line by two spaces.
    fileprivate var indented: String {
        split(separator: "\n").map { "  \($0)\n" }.joined()
    }
}
