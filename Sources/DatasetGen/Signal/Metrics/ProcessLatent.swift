/// A metric's standardised signal, of mean 0 and variance 1 over the fleet and long time, as a sum: its own cycles and
/// wander, and those of what it follows, as much later as the lag says; and the level of a sensor, which is its own for good.
///
/// The sum is flat, so that a metric needs no other's readings, and what it follows may be computed at any instant.
package struct ProcessLatent: Hashable, Sendable {
    struct Cyclic: Hashable {
        var amplitude: Double
        var cycle: MetricCycle
        var lag: Int64
    }

    struct Wander: Hashable {
        var amplitude: Double
        /// Whose wander it is.
        var metric: String
        var tag: MetricTag
        var scope: MetricScope
        var noise: RedNoise
        var lag: Int64
    }

    private(set) var cyclic: [Cyclic] = []
    private(set) var wander: [Wander] = []
    /// Of a sensor's level: the standard deviation between sensors.
    let level: Double
    private let tag: MetricTag

    /// The signal of a metric that may follow others, whose signals are given by their names.
    ///
    /// - Throws: ``MetricModelError`` for shares that add up to more than 1 and for what cannot be followed.
    package init(
        _ name: String,
        _ parameters: ProcessParameters,
        resolution: Resolution,
        following others: [String: ProcessLatent]
    ) throws(MetricModelError) {
        tag = MetricTag(name)
        let share = LevelShare(parameters, resolution: resolution).share
        guard share <= 1 else { throw .levelsTooLarge(name, parameters.levels) }
        level = share.squareRoot()
        for (index, cycle) in parameters.cycles.enumerated() {
            if let problem = cycle.problem {
                throw .value(name, key: "cycles.\(index).\(problem.key)", problem.text)
            }
            cyclic.append(Cyclic(amplitude: cycle.share.squareRoot(), cycle: cycle, lag: 0))
        }
        for (index, coupling) in parameters.follows.enumerated() {
            let key = "follows.\(index)"
            guard let other = others[coupling.metric] else { throw .cannotFollow(name, coupling.metric) }
            // Of several that are alike, what one brings another may take away.
            let most = parameters.follows.count == 1 ? 1.0 : 10
            guard abs(coupling.weight) <= most else {
                throw .value(name, key: key + ".weight", "\(coupling.weight) is not between -\(most) and \(most)")
            }
            // What moves of the other; its levels stay its own.
            let moving = 1 - other.levelVariance
            guard moving >= 0.01 else {
                throw .value(name, key: key + ".metric", "\(coupling.metric) hardly moves; its std_dev is all levels")
            }
            let weight = coupling.weight / moving.squareRoot()
            for var term in other.cyclic {
                (term.amplitude, term.lag) = (term.amplitude * weight, term.lag + coupling.lag)
                cyclic.append(term)
            }
            for var term in other.wander {
                (term.amplitude, term.lag) = (term.amplitude * weight, term.lag + coupling.lag)
                wander.append(term)
            }
        }
        let cycles = cyclicVariance
        let taken = cycles + wanderVariance + levelVariance
        guard taken <= 1 + 1e-9, 1 - cycles >= 0.01 - 1e-9 else { throw .sharesTooLarge(name, sum: taken) }
        if let problem = parameters.wander.problem {
            throw .value(name, key: "wander.\(problem.key)", problem.text)
        }
        let rest = max(0, 1 - taken)
        guard rest > 1e-9 else { return }
        let own = Wander(
            amplitude: rest.squareRoot(),
            metric: name,
            tag: tag,
            scope: parameters.scope,
            noise: parameters.wander,
            lag: 0
        )
        wander.append(own)
    }

    /// The variance of all cycles together: those of like period add up by their phases.
    var cyclicVariance: Double {
        guard !cyclic.isEmpty else { return 0 }
        let samples = cyclicSamples
        return samples.reduce(0) { $0 + $1 * $1 } / Double(samples.count)
    }

    /// The variance of the levels of sensors.
    var levelVariance: Double { level * level }

    /// The variance of all wander together.
    private var wanderVariance: Double { variance(of: wander) { $0.correlation(after: $1) } }

    /// The variance of what varies in size, by how much it does: one for each wander that comes in, however often.
    var volatileVariances: [(variance: Double, size: Double)] {
        var found: [(variance: Double, size: Double)] = []
        var left = wander.filter { $0.noise.volatility != nil }
        while let first = left.first {
            let same = left.filter { $0.metric == first.metric && $0.scope == first.scope }
            left.removeAll { $0.metric == first.metric && $0.scope == first.scope }
            let variance = variance(of: same) { $0.volatileCorrelation(after: $1) }
            found.append((max(0, variance), first.noise.volatility?.size ?? 0))
        }
        return found
    }

    private func variance(of terms: [Wander], _ correlation: (RedNoise, _ lag: Int64) -> Double) -> Double {
        var sum = 0.0
        for left in terms {
            for right in terms where left.metric == right.metric && left.scope == right.scope {
                sum += left.amplitude * right.amplitude * correlation(left.noise, left.lag - right.lag)
            }
        }
        return sum
    }

    /// The cycles' sum at instants that fall evenly into the phases of hour, day, week and year.
    var cyclicSamples: [Double] {
        let (count, stride) = (4_096, Int64(31_415_926_535_897))
        return (0..<count).map { cyclicValue(at: Int64($0) * stride) }
    }

    /// The cycles' sum at an instant in microseconds since 1970.
    func cyclicValue(at time: Int64) -> Double {
        cyclic.reduce(0) { $0 + $1.amplitude * $1.cycle.value(at: time - $1.lag) }
    }

    /// What a sensor's signal has for good.
    func level(of sensor: MetricKeys) -> Double {
        guard level > 0 else { return 0 }
        return level * NormalDeviates(sensor.key(of: tag, .sensor).stream(0x1_0001))[0]
    }

    /// A sensor's signal at an instant in microseconds since 1970.
    func value(at time: Int64, of sensor: MetricKeys) -> Double {
        var sum = cyclicValue(at: time) + level(of: sensor)
        for term in wander {
            let key = sensor.key(of: term.tag, term.scope)
            func value(_ part: RedNoise.Part) -> Double {
                let instant = SimulatedTime(microseconds: time - term.lag - part.offset)
                return LatticeNoise(key.stream(part.stream))
                    .value(
                        at: LatticePosition(time: instant, period: part.period)
                    )
            }
            for part in term.noise.steady { sum += term.amplitude * part.amplitude * value(part) }
            guard let volatility = term.noise.volatility?.size else { continue }
            let logarithm = term.noise.sizes.reduce(0) { $0 + volatility * $1.amplitude * value($1) }
            let size = Elementary.exponential(logarithm - volatility * volatility)
            for part in term.noise.volatile { sum += term.amplitude * part.amplitude * value(part) * size }
        }
        return sum
    }

    /// The signals of metrics that follow one another, by name, whatever the order in which they are listed.
    ///
    /// - Throws: ``MetricModelError`` for circles, and as each signal does.
    package static func all(
        _ processes: [(name: String, parameters: ProcessParameters, resolution: Resolution)]
    ) throws(MetricModelError) -> [String: ProcessLatent] {
        var (done, pending): ([String: ProcessLatent], _) = ([:], processes)
        let names = Set(processes.map(\.name))
        for (name, parameters, _) in processes {
            for coupling in parameters.follows where !names.contains(coupling.metric) {
                throw .cannotFollow(name, coupling.metric)
            }
        }
        while !pending.isEmpty {
            let ready = pending.filter { $0.parameters.follows.allSatisfy { done[$0.metric] != nil } }
            guard !ready.isEmpty else { throw .circle(pending.map(\.name)) }
            for (name, parameters, resolution) in ready {
                done[name] = try ProcessLatent(name, parameters, resolution: resolution, following: done)
            }
            pending.removeAll { done[$0.name] != nil }
        }
        return done
    }
}
