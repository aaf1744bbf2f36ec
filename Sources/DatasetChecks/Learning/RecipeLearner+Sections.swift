import DatasetGen

extension RecipeLearner {
    /// What a recipe says of a metric; with a factor of 0 it has no cycles and couplings, with one below it moments alone.
    func section(of index: Int, factors: [Double]) -> JSONValue {
        let factor = factors[index]
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
        let form = metric.distribution.form
        if case .quantiles(let values) = form {
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
            if form != .normal { add("distribution", .string(form == .lognormal ? "lognormal" : "uniform")) }
        }
        if metric.noise > 0 { add("noise", number(metric.noise)) }
        if metric.distribution.levels > 0 { add("levels", number(metric.distribution.levels)) }
        let couplings = factor > 0 ? self.couplings[index].filter { factors[$0.leader] > 0 } : []
        let followed = couplings.map { Followed(coupling: $0, weight: weight(of: $0, among: couplings.count) * factor) }
        let cycles = factor > 0 ? self.cycles(of: index, followed, factor: factor) : []
        if !cycles.isEmpty { add("cycles", .array(cycles)) }
        add("wander", Self.wander(metric.wander.course))
        if !followed.isEmpty {
            let share = (1 - metric.levelShare).squareRoot()
            add("follows", .array(followed.map { follow($0, share: share) }))
        }
        if let likeness = metric.likeness, likeness > 0.7 { add("shared", .string("fleet")) }
        return .object(members)
    }

    /// A metric that is followed, and its part of the other's signal, levels aside.
    private struct Followed {
        var coupling: LearnedCoupling
        var weight: Double
    }

    private func follow(_ followed: Followed, share: Double) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "metric", value: .string(metrics[followed.coupling.leader].name)),
            .init(key: "weight", value: .rounded(followed.weight * share, decimals: 3)),
        ]
        if followed.coupling.lag > 0 {
            let lag = DurationText.text(ofMicroseconds: followed.coupling.lag)
            members.append(.init(key: "lag", value: .string(lag)))
        }
        return .object(members)
    }

    /// One period where the octaves are the usual ones, else each of them.
    private static func wander(_ noise: RedNoise) -> JSONValue {
        func text(_ period: Int64) -> JSONValue { .string(DurationText.text(ofMicroseconds: period.inRoundUnits)) }
        var members: [JSONValue.Member] = []
        if let longest = noise.longest {
            members.append(.init(key: "period", value: text(longest)))
        } else {
            let octaves = noise.octaves.map { octave -> JSONValue in
                ["period": text(octave.period), "share": .rounded(octave.share, decimals: 4)]
            }
            members.append(.init(key: "octaves", value: .array(octaves)))
        }
        if let volatility = noise.volatility {
            let section: JSONValue = [
                "size": .rounded(volatility.size, decimals: 2), "period": text(volatility.period),
            ]
            members.append(.init(key: "volatility", value: section))
        }
        return .object(members)
    }

    /// The part of a leader's signal in a metric's, levels aside, that makes that of their wander.
    private func weight(of coupling: LearnedCoupling, among count: Int) -> Double {
        func part(_ metric: LearnedMetric) -> Double {
            max(0.01, metric.signalVariance - metric.pattern.variance) / metric.signalVariance
        }
        let (own, other) = (part(metrics[coupling.follower]), part(metrics[coupling.leader]))
        let most = count == 1 ? 0.95 : 9.9
        return min(max(coupling.weight * (own / other).squareRoot(), -most), most)
    }

    /// The cycles of a metric, less what comes with those that it follows.
    private func cycles(of index: Int, _ followed: [Followed], factor: Double) -> [JSONValue] {
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
        func share(_ variance: Double) -> Double { variance / signal * (1 - metric.levelShare) * factor }
        var sections: [JSONValue] = []
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
            if share(variance) > Self.leastShare {
                sections.append(
                    [
                        "period": "7d", "share": .rounded(min(share(variance), 0.98), decimals: 3),
                        "shape": .array(points.map { .rounded($0 / variance.squareRoot(), decimals: 2) }),
                    ]
                )
            }
        }
        for cycle in own where share(cycle.variance) > Self.leastShare {
            sections.append(
                [
                    "period": .string(DurationText.text(ofMicroseconds: cycle.period)),
                    "share": .rounded(min(share(cycle.variance), 0.98), decimals: 3),
                    "peak": .string(DurationText.text(ofMicroseconds: max(1_000_000, cycle.peak))),
                ]
            )
        }
        return sections
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

extension Int64 {
    /// Rounded to two digits and a unit that people read: seconds, minutes, hours.
    var inRoundUnits: Int64 {
        let unit: Int64 = self < 120_000_000 ? 1_000_000 : self < 7_200_000_000 ? 60_000_000 : 600_000_000
        return Swift.max(unit, (self + unit / 2) / unit * unit)
    }
}
