/// The model `process`: a standardised signal, mapped into the metric's distribution, and white noise.
///
/// `docs/metrics.md` has the formulas.
package struct ProcessModel: Sendable {
    /// From when on a map holds, in microseconds since 1970, and how long the way to it takes.
    struct Stage: Hashable {
        var start: Int64
        var duration: Int64
        var map: ProcessMap
    }

    let tag: MetricTag
    let latent: ProcessLatent
    var grid: TickGrid
    let stages: [Stage]
    /// White noise in steps.
    let noise: Double
    /// The mean of readings before the first change, in steps.
    let mean: Double
    /// The standard deviation of readings before the first change, in steps, without the noise.
    let spread: Double
    /// One step in the metric's unit.
    let unit: Double
    /// Units of 10⁻ᵈ in one step.
    let step: Int32

    /// The model of a metric, whose signal is one of ``ProcessLatent/all(_:)``.
    ///
    /// - Throws: ``MetricModelError`` when moments, bounds, noise and resolution do not go together.
    package init(
        _ name: String,
        _ parameters: ProcessParameters,
        latent: ProcessLatent,
        resolution: Resolution,
        grid: TickGrid
    ) throws(MetricModelError) {
        (tag, self.latent, self.grid, step) = (MetricTag(name), latent, grid, resolution.step)
        unit = resolution.value
        guard parameters.minimum <= parameters.maximum else {
            throw .value(name, key: "min", "\(parameters.minimum) is above max, which is \(parameters.maximum)")
        }
        guard resolution.holds(parameters.minimum...parameters.maximum) else {
            throw .value(name, key: "max", "readings in steps of \(resolution.text) end at \(resolution.largest.text)")
        }
        let bottom = (parameters.minimum / unit - 1e-9).rounded(.up)
        let top = (parameters.maximum / unit + 1e-9).rounded(.down)
        noise = parameters.noise / unit
        let inset = noise > 0 ? BoundedNormal.bound * noise : 0
        var (mean, deviation) = (parameters.mean, parameters.standardDeviation)
        if case .quantiles(let quantiles) = parameters.distribution {
            guard quantiles.count >= 2, zip(quantiles, quantiles.dropFirst()).allSatisfy({ $0 < $1 }) else {
                throw .value(name, key: "distribution", "quantiles are at least two numbers, each above the one before")
            }
            (mean, deviation) = (quantiles.mean, 0)
        }
        let signal = SignalDistribution(latent)
        var shift = 0.0
        var factor = 1.0
        var stages: [Stage] = []
        var free = 0 as Int64
        for index in -1..<parameters.changes.count {
            var (offset, duration) = (Int64.min / 4, 0 as Int64)
            if index >= 0 {
                let change = parameters.changes[index]
                guard change.offset >= free, change.duration >= 0 else {
                    throw .value(name, key: "changes.\(index).at", "a change begins after the one before it has ended")
                }
                guard change.factor >= 0 else {
                    throw .value(name, key: "changes.\(index).std_dev", "\(change.factor) is below 0")
                }
                (offset, duration) = (grid.start.microseconds + change.offset, change.duration)
                free = change.offset + change.duration
                shift += change.shift
                factor *= change.factor
            }
            let map = try Self.map(
                name,
                parameters.distribution.changed(around: mean, shift: shift, factor: factor, unit: unit),
                mean: (mean + shift) / unit,
                deviation: deviation * factor / unit,
                noise: noise,
                bounds: (bottom, top, inset),
                signal,
                resolution,
                change: index < 0 ? nil : index
            )
            stages.append(Stage(start: offset, duration: duration, map: map))
        }
        self.stages = stages
        let moments = signal.moments(of: stages[0].map.values)
        (self.mean, spread) = (moments.mean, moments.standardDeviation)
    }

    /// A sensor's healthy reading at an instant in microseconds since 1970, in steps, before noise and rounding.
    func value(at time: Int64, of sensor: MetricKeys) -> Double {
        let value = latent.value(at: time, of: sensor)
        let stage = stages.lastIndex { $0.start <= time } ?? 0
        let current = stages[stage].map.values
        let reading = ProcessMap.value(value, current.span)
        let passed = time - stages[stage].start
        guard stage > 0, passed < stages[stage].duration else { return reading }
        let previous = stages[stage - 1].map.values
        let before = ProcessMap.value(value, previous.span)
        return before + (reading - before) * (Double(passed) / Double(stages[stage].duration))
    }

    /// The standard deviation of a sensor's readings around its level before the first change, in steps.
    var deviation: Double { (spread * spread * max(0, 1 - latent.levelVariance) + noise * noise).squareRoot() }

    private static func map(
        _ name: String,
        _ distribution: ProcessParameters.Distribution,
        mean: Double,
        deviation: Double,
        noise: Double,
        bounds: (bottom: Double, top: Double, inset: Double),
        _ signal: SignalDistribution,
        _ resolution: Resolution,
        change: Int?
    ) throws(MetricModelError) -> ProcessMap {
        let (lowest, highest) = (bounds.bottom + bounds.inset, bounds.top - bounds.inset)
        let unit = resolution.value
        let impossible = MetricModelError.momentsImpossible(
            name,
            mean: mean * unit,
            deviation: deviation * unit,
            change: change
        )
        var target = ProcessMap.Target(
            distribution: distribution,
            moments: Moments(mean: mean, standardDeviation: 0),
            lowest: lowest,
            highest: highest
        )
        if case .quantiles = distribution {
            guard let map = ProcessMap(target, signal: signal) else {
                throw .value(name, key: "distribution", "the quantiles and the noise around them leave min and max")
            }
            return map
        }
        if deviation == 0, noise == 0 {
            guard mean >= lowest, mean <= highest else { throw impossible }
            return ProcessMap(constant: mean, signal: signal)
        }
        guard deviation >= 0.5, bounds.top - bounds.bottom >= 2 else { throw .resolutionTooCoarse(name, resolution) }
        // Rounding to whole steps adds the variance of a uniform step, 1/12 (Sheppard 1898).
        let rest = deviation * deviation - noise * noise - 1 / 12.0
        guard rest > 0 else {
            throw .value(name, key: "noise", "noise is a part of std_dev, which is \(deviation * unit); give less")
        }
        target.moments.standardDeviation = rest.squareRoot()
        guard let map = ProcessMap(target, signal: signal) else { throw impossible }
        return map
    }
}

extension ProcessParameters.Distribution {
    /// Quantiles in steps, moved and stretched as a change says; all else as it is.
    fileprivate func changed(around mean: Double, shift: Double, factor: Double, unit: Double) -> Self {
        guard case .quantiles(let quantiles) = self else { return self }
        return .quantiles(quantiles.map { (mean + shift + ($0 - mean) * factor) / unit })
    }
}

extension [Double] {
    /// The mean of the distribution that lies equally often between any two neighbours.
    fileprivate var mean: Double {
        zip(self, dropFirst()).reduce(0) { $0 + ($1.0 + $1.1) / 2 } / Double(count - 1)
    }
}
