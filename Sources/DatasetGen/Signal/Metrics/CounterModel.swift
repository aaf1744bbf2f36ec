/// The model `counter`: a count that only grows, until it starts again from zero.
///
/// The count is a sum of rising functions of time, each in closed form: a steady one with the cycles of the rate, and for
/// each octave one whose values at the points of a lattice lie at random between those of a steady count.
package struct CounterModel: Sendable {
    let tag: MetricTag
    /// Steps of the resolution an hour.
    let rate: Double
    /// One step in the metric's unit.
    let unit: Double
    let cycles: [MetricCycle]
    /// The parts of the rate that are in proportion to other metrics.
    let follows: [FollowedRate]
    /// The part of the rate that wanders, by octave.
    let shares: [Double]
    let period: Int64
    let scope: MetricScope
    /// Steps of the resolution in one lap; nil if it never starts again.
    let lap: Int64?
    var grid: TickGrid
    let step: Int32

    /// A counter.
    ///
    /// `rate` is the mean growth an hour in the metric's unit; `cycles`, the processes that it follows, and what is left,
    /// which wanders with lattices of `wanderPeriod` microseconds and shorter, share the rate, not its variance; `resetsAt` is the count that reads 0.
    ///
    /// - Throws: ``MetricModelError`` for a rate that is not positive, shares above 1, and counts that 32 bits do not
    ///   hold before the end of the grid.
    package init(
        _ name: String,
        rate: Double,
        cycles: [MetricCycle] = [],
        follows: [(metric: String, model: ProcessModel?, weight: Double, lag: Int64)] = [],
        wanderPeriod: Int64 = 10_800_000_000,
        scope: MetricScope = .sensor,
        resetsAt: Double? = nil,
        resolution: Resolution,
        grid: TickGrid
    ) throws(MetricModelError) {
        (tag, self.cycles, period, self.scope, self.grid) = (MetricTag(name), cycles, wanderPeriod, scope, grid)
        (step, unit) = (resolution.step, resolution.value)
        self.rate = rate / resolution.value
        guard rate > 0, self.rate < 1e12 else {
            throw .value(name, key: "rate.mean", "\(rate) is no rate; give one above 0")
        }
        guard wanderPeriod >= 1_000_000 else {
            throw .value(name, key: "wander.period", "a period is at least one second")
        }
        for (index, cycle) in cycles.enumerated() {
            if let problem = cycle.problem {
                throw .value(name, key: "rate.cycles.\(index).\(problem.key)", problem.text)
            }
            guard cycle.days == nil else {
                throw .value(name, key: "rate.cycles.\(index).days", "a counter's cycles have no days")
            }
            guard cycle.shape == nil else {
                let advice = "a counter's cycles have no shape; let the counter follow a process that has it"
                throw .value(name, key: "rate.cycles.\(index).shape", advice)
            }
        }
        var rates: [FollowedRate] = []
        for (index, item) in follows.enumerated() {
            let key = "rate.follows.\(index)"
            guard let model = item.model else { throw .cannotFollow(name, item.metric) }
            guard item.weight > 0, item.weight <= 1 else {
                throw .value(name, key: key + ".weight", "\(item.weight) is not above 0 and at most 1")
            }
            // In steps; a quotient by less may be as large as no count is.
            guard model.mean >= 1 else {
                throw .value(
                    name,
                    key: key,
                    "the mean of \(item.metric) is not above 0 by a step of its readings, so no rate is in proportion to it"
                )
            }
            rates.append(FollowedRate(model: model, weight: item.weight, lag: item.lag))
        }
        self.follows = rates
        let taken = cycles.reduce(0) { $0 + $1.share } + rates.reduce(0) { $0 + $1.weight }
        guard taken <= 1 + 1e-9 else {
            throw .value(name, key: "rate", "shares and weights of the rate add up to \(taken); at most 1")
        }
        shares = RedNoise.usual.map { max(0, 1 - taken) * $0.amplitude * $0.amplitude }
        if let resetsAt {
            let steps = resetsAt / resolution.value
            guard steps >= 1, steps == steps.rounded(), resetsAt <= resolution.largest.double else {
                throw .value(
                    name,
                    key: "resets_at",
                    "\(resetsAt) is no multiple of \(resolution.text) up to \(resolution.largest.text)"
                )
            }
            lap = Int64(steps)
        } else {
            lap = nil
            let hours = Double(grid.end.microseconds - grid.start.microseconds + wanderPeriod) / 3.6e9
            // What it follows may be far above its mean for long.
            guard rate * hours * (rates.isEmpty ? 1.01 : 3) < resolution.largest.double else {
                let problem = "the count passes \(resolution.largest.text) before the end; give it"
                throw .value(name, key: "resets_at", problem)
            }
        }
    }

    /// The steady part of the count at an instant in microseconds since the start, in hours of mean rate.
    func steady(at offset: Int64) -> Double {
        cycles.reduce(0) { sum, cycle in
            // ∫ (1 + cos ωt) dt = t + sin(ωt) / ω.
            let origin = grid.start.microseconds - cycle.peak
            let whole = Double(cycle.period)
            let phase = Double(origin - origin.flooredQuotient(by: cycle.period) * cycle.period) / whole
            let turn = Double(offset - offset.flooredQuotient(by: cycle.period) * cycle.period) / whole
            let wave = Elementary.sine(turns: phase + turn) - Elementary.sine(turns: phase)
            return sum + cycle.share * (Double(offset) + wave * whole * 0.159_154_943_091_895_35) / 3.6e9
        }
    }
}

/// Evaluates a ``CounterModel``.
package struct CounterSource: MetricSource {
    private let model: CounterModel
    private var prepared: Range<Int64> = 0..<0
    private var offsets: [Int64] = []
    private var steady: [Double] = []
    private var sums: [Double] = []
    private var followed: FollowedGrowth

    /// A source of a model.
    package init(_ model: CounterModel, sensorCount: Int = 1) {
        self.model = model
        followed = FollowedGrowth(model.follows, grid: model.grid, sensorCount: sensorCount)
    }

    package mutating func prepare(ticks: Range<Int64>) {
        guard ticks != prepared else { return }
        prepared = ticks
        offsets.removeAll(keepingCapacity: true)
        steady.removeAll(keepingCapacity: true)
        model.grid.forEachTime(of: ticks) { time in
            let offset = time - model.grid.start.microseconds
            offsets.append(offset)
            steady.append(model.steady(at: offset))
        }
    }

    package mutating func fill(_ sensor: MetricKeys, ticks: Range<Int64>, into column: inout [Int32]) {
        let first = Int(ticks.lowerBound - prepared.lowerBound)
        let count = ticks.count
        if sums.count < count { sums.resize(to: count, filler: 0) }
        for index in 0..<count { sums[index] = steady[first + index] }
        followed.add(sensor, at: offsets[first..<first + count], to: &sums)
        let key = sensor.key(of: model.tag, model.scope)
        for (octave, share) in model.shares.enumerated() where share > 0 {
            addLattice(key.stream(UInt64(octave)), octave: octave, share: share, first: first, count: count)
        }
        for index in 0..<count {
            // 10⁻⁹ steps lift a count that rounding left just below a whole one.
            let passed = Int64((sums[index] * model.rate + 1e-9).rounded(.down))
            // Before the start, a count that never starts again has not begun.
            let steps = model.lap.map { passed - passed.flooredQuotient(by: $0) * $0 } ?? max(0, passed)
            column[index] = Int32(truncatingIfNeeded: steps) &* model.step
        }
    }

    /// Adds an octave's count: at point k of the lattice k + u(k) cells, with u between 0 and 1, less what it had at the
    /// start; between two points a straight line.
    private mutating func addLattice(_ key: RandomKey, octave: Int, share: Double, first: Int, count: Int) {
        let period = max(1, model.period / RedNoise.usual[octave].divisor)
        let hours = share * Double(period) / 3.6e9
        var cell = Int64.min
        var (begin, rise) = (0.0, 0.0)
        let origin = key.uniform(0)
        for index in 0..<count {
            let offset = offsets[first + index]
            let place = offset.flooredQuotient(by: period)
            if place != cell {
                cell = place
                let left = key.uniform(UInt64(bitPattern: cell))
                begin = Double(cell) + left - origin
                rise = 1 + key.uniform(UInt64(bitPattern: cell + 1)) - left
            }
            let part = Double(offset - cell * period) / Double(period)
            sums[index] += (begin + rise * part) * hours
        }
    }
}
