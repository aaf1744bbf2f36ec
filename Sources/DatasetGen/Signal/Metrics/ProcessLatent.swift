/// A metric's standardised signal, of mean 0 and variance 1 over the fleet and long time, as a sum: its own cycles and
/// wander, and those of what it follows, as much later as the lag says.
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
        var period: Int64
        var lag: Int64
    }

    private(set) var cyclic: [Cyclic] = []
    private(set) var wander: [Wander] = []

    /// The signal of a metric that may follow others, whose signals are given by their names.
    ///
    /// - Throws: ``MetricModelError`` for shares that add up to more than 1 and for what cannot be followed.
    package init(
        _ name: String,
        _ parameters: ProcessParameters,
        following others: [String: ProcessLatent]
    ) throws(MetricModelError) {
        for (index, cycle) in parameters.cycles.enumerated() {
            if let problem = cycle.problem {
                throw .value(name, key: "cycles.\(index).\(problem.key)", problem.text)
            }
            cyclic.append(Cyclic(amplitude: cycle.share.squareRoot(), cycle: cycle, lag: 0))
        }
        for (index, coupling) in parameters.follows.enumerated() {
            let key = "follows.\(index)"
            guard let other = others[coupling.metric] else { throw .cannotFollow(name, coupling.metric) }
            guard abs(coupling.weight) <= 1 else {
                throw .value(name, key: key + ".weight", "\(coupling.weight) is not between -1 and 1")
            }
            for var term in other.cyclic {
                (term.amplitude, term.lag) = (term.amplitude * coupling.weight, term.lag + coupling.lag)
                cyclic.append(term)
            }
            for var term in other.wander {
                (term.amplitude, term.lag) = (term.amplitude * coupling.weight, term.lag + coupling.lag)
                wander.append(term)
            }
        }
        let taken = cyclicVariance + wanderVariance
        guard taken <= 1 + 1e-9, 1 - cyclicVariance >= 0.01 - 1e-9 else { throw .sharesTooLarge(name, sum: taken) }
        guard parameters.wanderPeriod >= 1_000_000 else {
            throw .value(name, key: "wander.period", "a period is at least one second")
        }
        let rest = max(0, 1 - taken)
        guard rest > 1e-9 else { return }
        let own = Wander(
            amplitude: rest.squareRoot(),
            metric: name,
            tag: MetricTag(name),
            scope: parameters.scope,
            period: parameters.wanderPeriod,
            lag: 0
        )
        wander.append(own)
    }

    /// The variance of all cycles together: those of like period add up by their phases.
    var cyclicVariance: Double {
        guard !cyclic.isEmpty else { return 0 }
        return cyclicSamples.reduce(0) { $0 + $1 * $1 } / Double(cyclicSamples.count)
    }

    /// The variance of all wander together.
    private var wanderVariance: Double {
        var sum = 0.0
        for left in wander {
            for right in wander where left.metric == right.metric && left.scope == right.scope {
                let correlation = RedNoise.correlation(period: left.period, lag: left.lag - right.lag)
                sum += left.amplitude * right.amplitude * correlation
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

    /// A sensor's signal at an instant in microseconds since 1970.
    func value(at time: Int64, of sensor: MetricKeys) -> Double {
        var sum = cyclicValue(at: time)
        for term in wander {
            let key = sensor.key(of: term.tag, term.scope)
            for (number, octave) in RedNoise.octaves.enumerated() {
                let period = max(1, term.period / octave.divisor)
                let position = LatticePosition(time: SimulatedTime(microseconds: time - term.lag), period: period)
                sum += term.amplitude * octave.amplitude * LatticeNoise(key.stream(UInt64(number))).value(at: position)
            }
        }
        return sum
    }

    /// The signals of metrics that follow one another, by name, whatever the order in which they are listed.
    ///
    /// - Throws: ``MetricModelError`` for circles, and as each signal does.
    package static func all(
        _ processes: [(name: String, parameters: ProcessParameters)]
    ) throws(MetricModelError) -> [String: ProcessLatent] {
        var (done, pending): ([String: ProcessLatent], _) = ([:], processes)
        let names = Set(processes.map(\.name))
        for (name, parameters) in processes {
            for coupling in parameters.follows where !names.contains(coupling.metric) {
                throw .cannotFollow(name, coupling.metric)
            }
        }
        while !pending.isEmpty {
            let ready = pending.filter { $0.parameters.follows.allSatisfy { done[$0.metric] != nil } }
            guard !ready.isEmpty else { throw .circle(pending.map(\.name)) }
            for (name, parameters) in ready {
                done[name] = try ProcessLatent(name, parameters, following: done)
            }
            pending.removeAll { done[$0.name] != nil }
        }
        return done
    }
}
