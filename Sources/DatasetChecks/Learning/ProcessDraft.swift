import DatasetGen

/// A metric of the model `process` in the numbers that a recipe states it with.
struct ProcessDraft {
    let name: String
    let resolution: Resolution
    var parameters: ProcessParameters
    /// How far quantiles and the noise around them are from the readings, in probability; nil for other forms.
    var error: Double?

    init(_ metric: LearnedMetric, mean: Double, deviation: Double) {
        (name, resolution) = (metric.name, metric.resolution)
        decimals = metric.decimals
        parameters = ProcessParameters(mean: 0, standardDeviation: 0, minimum: 0, maximum: 0)
        parameters.mean = rounded(mean)
        parameters.standardDeviation = rounded(deviation)
    }

    private let decimals: Int

    /// Of the share of a cycle.
    static var shareDecimals: Int { 4 }

    /// A number in the metric's unit as the recipe has it.
    func rounded(_ value: Double) -> Double { FixedPoint(rounding: value, decimals: decimals).double }

    /// States bounds, as far as readings can go.
    mutating func setBounds(_ bounds: ClosedRange<Double>) {
        let largest = resolution.largest.double
        parameters.minimum = rounded(max(bounds.lowerBound, -largest))
        parameters.maximum = rounded(min(bounds.upperBound, largest))
    }

    /// The metric's signal, if there can be such a metric.
    ///
    /// - Parameters:
    ///   - others: the signals of what it follows.
    ///   - grid: when sensors report.
    /// - Returns: the signal.
    /// - Throws: ``MetricModelError`` if there cannot.
    func signal(following others: [String: ProcessLatent], on grid: TickGrid) throws(MetricModelError) -> ProcessLatent
    {
        let latent = try ProcessLatent(name, parameters, resolution: resolution, following: others)
        _ = try ProcessModel(name, parameters, latent: latent, resolution: resolution, grid: grid)
        return latent
    }

    /// What no reading leaves, where the usual limits are more than readings hold.
    private var limits: ClosedRange<Double>? {
        let (low, high, largest) = (parameters.minimum, parameters.maximum, resolution.largest.double)
        let floor = low >= 0 ? max(0, low - (high - low)) : low - (high - low)
        let usual = floor...high + (high - low)
        return usual.lowerBound >= -largest && usual.upperBound <= largest ? nil : usual.clamped(to: -largest...largest)
    }

    /// The metric's section.
    var section: JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ value: JSONValue) { members.append(.init(key: key, value: value)) }
        func number(_ value: Double) -> JSONValue { .rounded(value, decimals: decimals) }
        // Standard names have another model unless it is said.
        add("model", .string("process"))
        add("resolution", .literal(resolution.text))
        if case .quantiles(let values) = parameters.distribution {
            add("distribution", ["quantiles": .array(values.map(number))])
        } else {
            add("mean", number(parameters.mean))
            add("std_dev", number(parameters.standardDeviation))
        }
        add("min", number(parameters.minimum))
        add("max", number(parameters.maximum))
        if let limits { add("limits", .array([number(limits.lowerBound), number(limits.upperBound)])) }
        switch parameters.distribution {
        case .lognormal: add("distribution", .string("lognormal"))
        case .uniform: add("distribution", .string("uniform"))
        case .normal, .quantiles: break
        }
        if parameters.noise > 0 { add("noise", number(parameters.noise)) }
        if parameters.levels > 0 { add("levels", number(parameters.levels)) }
        if !parameters.cycles.isEmpty { add("cycles", .array(parameters.cycles.map(Self.section))) }
        if parameters.standardDeviation > 0 { add("wander", Self.section(of: parameters.wander)) }
        if !parameters.follows.isEmpty { add("follows", .array(parameters.follows.map(Self.section))) }
        if parameters.scope == .fleet { add("shared", .string("fleet")) }
        return .object(members)
    }

    private static func section(_ cycle: MetricCycle) -> JSONValue {
        let period = DurationText.text(ofMicroseconds: cycle.period)
        let share = JSONValue.rounded(cycle.share, decimals: Self.shareDecimals)
        if let shape = cycle.shape {
            return [
                "period": .string(period), "share": share,
                "shape": .array(shape.numbers.map { .rounded($0, decimals: 2) }),
            ]
        }
        return [
            "period": .string(period), "share": share,
            "peak": .string(DurationText.text(ofMicroseconds: cycle.peak)),
        ]
    }

    private static func section(_ coupling: ProcessParameters.Coupling) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "metric", value: .string(coupling.metric)),
            .init(key: "weight", value: .rounded(coupling.weight, decimals: 3)),
        ]
        if coupling.lag > 0 {
            members.append(.init(key: "lag", value: .string(DurationText.text(ofMicroseconds: coupling.lag))))
        }
        return .object(members)
    }

    /// One period where the octaves are the usual ones, else each of them.
    private static func section(of noise: RedNoise) -> JSONValue {
        func text(_ period: Int64) -> JSONValue { .string(DurationText.text(ofMicroseconds: period)) }
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
}

extension RedNoise {
    /// The same in the numbers that a recipe states it with.
    var inRoundNumbers: RedNoise {
        let volatility = volatility.map { volatility in
            Volatility(
                size: FixedPoint(rounding: volatility.size, decimals: 2).double,
                period: volatility.period.inRoundUnits
            )
        }
        if let longest { return RedNoise(period: longest.inRoundUnits, volatility: volatility) }
        let octaves = octaves.map {
            Octave(
                period: $0.period.inRoundUnits,
                share: FixedPoint(rounding: $0.share, decimals: 4).double
            )
        }
        return RedNoise(octaves: octaves, volatility: volatility)
    }
}

extension Int64 {
    /// Rounded to two digits and a unit that people read: seconds, minutes, hours.
    var inRoundUnits: Int64 {
        let unit: Int64 = self < 120_000_000 ? 1_000_000 : self < 7_200_000_000 ? 60_000_000 : 600_000_000
        return Swift.max(unit, (self + unit / 2) / unit * unit)
    }
}
