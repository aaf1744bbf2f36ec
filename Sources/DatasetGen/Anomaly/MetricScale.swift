/// What the effects on one metric are measured in, in counts of 10⁻ᵈ.
struct MetricScale: Sendable {
    /// Standard deviation of a healthy reading around its signal: white noise and rounding, half a step at least.
    let noise: Double
    /// The recipe's standard deviation; a constant metric counts as one that varies by four steps.
    let deviation: Double
    /// From the recipe's `min` to its `max`.
    let span: Double
    /// One unit of the metric.
    let countsPerUnit: Double
    /// One step of the resolution.
    let step: Int32
    /// Where healthy readings lie; nil where no bounds are known.
    let healthy: ClosedRange<Double>?
    /// What nature and the instrument allow: whole steps.
    let possible: ClosedRange<Double>
    /// The ends of the part's range, and the values that stand for "no answer": whole steps.
    let rails: [Int32]
    let sentinels: [Int32]

    /// That of one of the standard metrics.
    init(_ kind: KindModel, _ parameters: MetricParameters, metric: StandardMetric) {
        let index = metric.rawValue
        let specification = kind.specifications[index]
        let healthy: ClosedRange<Double>? =
            if kind.fits[index] != nil {
                parameters.minimum...parameters.maximum
            } else {
                metric.healthyLimits
            }
        self.init(
            unit: (kind.steps[index], kind.units[index]),
            noise: kind.noise[index],
            deviation: parameters.standardDeviation,
            bounds: parameters.minimum...parameters.maximum,
            healthy: healthy,
            limits: metric.physicalLimits,
            rails: [specification.range.lowerBound, specification.range.upperBound],
            sentinels: specification.sentinels
        )
    }

    /// A scale in the metric's unit, but for the noise, which is in steps.
    private init(
        unit: (step: Int32, value: Double),
        noise white: Double,
        deviation: Double,
        bounds: ClosedRange<Double>,
        healthy: ClosedRange<Double>?,
        limits: ClosedRange<Double>,
        rails: [Double],
        sentinels: [Double]
    ) {
        step = unit.step
        let stepSize = Double(step)
        let countsPerUnit = stepSize / unit.value
        self.countsPerUnit = countsPerUnit
        noise = max(0.5, (white * white + 1 / 12.0).squareRoot()) * stepSize
        self.deviation = max(deviation * countsPerUnit, 4 * stepSize)
        span = (bounds.upperBound - bounds.lowerBound) * countsPerUnit
        self.healthy = healthy.map { $0.lowerBound * countsPerUnit...$0.upperBound * countsPerUnit }
        let (low, high) = (limits.lowerBound * countsPerUnit / stepSize, limits.upperBound * countsPerUnit / stepSize)
        let steps = Resolution.wholeSteps(within: low...high)
        let (lowest, highest) = (steps.lowerBound * stepSize, steps.upperBound * stepSize)
        let possible = max(lowest, -2_000_000_000)...min(highest, 2_000_000_000)
        self.possible = possible
        func whole(_ value: Double) -> Int32 {
            let counts = (value * countsPerUnit / stepSize).rounded() * stepSize
            return Int32(min(max(counts, possible.lowerBound), possible.upperBound))
        }
        self.rails = rails.map(whole)
        self.sentinels = sentinels.map(whole)
    }

    /// Digits behind the point: counts are of 10⁻ᵈ.
    var decimals: Int {
        var (decimals, power) = (0, 1.0)
        while power < countsPerUnit.rounded() { (decimals, power) = (decimals + 1, power * 10) }
        return decimals
    }

    /// The possible reading nearest to a healthy one changed by `change` counts.
    func reading(_ healthy: Int32, changedBy change: Double) -> Int32 {
        let stepSize = Double(step)
        let wanted = ((Double(healthy) + change) / stepSize).rounded(.toNearestOrEven) * stepSize
        return Int32(min(max(wanted, possible.lowerBound), possible.upperBound))
    }

    /// The reading one step away, on the side asked for if there is one.
    func neighbour(of healthy: Int32, upwards: Bool = true) -> Int32 {
        let wanted = upwards ? healthy + step : healthy - step
        let isPossible = possible.contains(Double(wanted))
        return isPossible == upwards ? healthy + step : healthy - step
    }

    /// 1 or −1: the direction in which every healthy reading can move by `size` counts, the random one if in both; nil
    /// if it depends on the reading.
    func direction(forSize size: Double, random: Bool) -> Double? {
        guard let healthy else { return random ? 1 : -1 }
        let up = healthy.upperBound + size <= possible.upperBound
        let down = healthy.lowerBound - size >= possible.lowerBound
        if up, down { return random ? 1 : -1 }
        return up ? 1 : (down ? -1 : nil)
    }

    /// 1 or −1: the direction in which a reading has more room.
    func roomierDirection(from healthy: Int32) -> Double {
        possible.upperBound - Double(healthy) >= Double(healthy) - possible.lowerBound ? 1 : -1
    }
}

extension MetricScale {
    /// That of a declared metric, whose variation is known in its unit.
    init(_ metric: MetricDeclaration, noise: Double, deviation: Double) {
        let description = metric.description
        let (resolution, limits) = (description.resolution ?? .hundredth, description.limits)
        let ends = [limits.lowerBound, limits.upperBound]
        let (bounds, healthy) =
            switch metric.model {
            case .process(let parameters):
                (parameters.minimum...parameters.maximum, parameters.minimum...parameters.maximum)
            // A count is measured by how much it grows in a day.
            case .counter(let counter): (0...24 * counter.rate, limits)
            case .state, .derived, .standard, .replay, .life: (limits, limits)
            }
        self.init(
            unit: (resolution.step, resolution.value),
            noise: noise / resolution.value,
            deviation: deviation,
            bounds: bounds,
            healthy: healthy,
            limits: limits,
            rails: ends,
            sentinels: ends
        )
    }
}

extension MetricScale {
    /// That of a metric of a recording, by what a sensor's own readings do and the noise that is added, in the unit; of a
    /// derived one, which is no column there, by its limits alone.
    init(_ description: MetricDescription, _ recording: Recording, metric: Int?, sensor: Int, noise added: Double) {
        let (resolution, limits) = (description.resolution ?? .hundredth, description.limits)
        let (step, perUnit) = (Double(resolution.step), resolution.countsPerUnit)
        var (noise, deviation, bounds) = (0.0, 0.0, limits)
        if let metric {
            // Rounding is in the readings already, and is added below.
            let whole = recording.noise(ofMetric: metric, sensor: sensor) / step
            noise = max(0, whole * whole - 1 / 12.0).squareRoot()
            deviation = recording.deviation(ofMetric: metric, sensor: sensor) / perUnit
            if let range = recording.range(ofMetric: metric, sensor: sensor) {
                bounds = Double(range.lowerBound) / perUnit...Double(range.upperBound) / perUnit
            }
            if added > 0 {
                noise = (noise * noise + (added / resolution.value) * (added / resolution.value)).squareRoot()
                deviation = (deviation * deviation + added * added).squareRoot()
                let reach = BoundedNormal.bound * added
                let lowest = max(limits.lowerBound, bounds.lowerBound - reach)
                bounds = lowest...min(limits.upperBound, bounds.upperBound + reach)
            }
        }
        self.init(
            unit: (resolution.step, resolution.value),
            noise: noise,
            deviation: deviation,
            bounds: bounds,
            healthy: bounds,
            limits: limits,
            rails: [limits.lowerBound, limits.upperBound],
            sentinels: [limits.lowerBound, limits.upperBound]
        )
    }
}
