/// The size of an anomaly's effect on each metric, in the recipe's terms.
struct EffectModel: Sendable {
    /// Per ``Metric/rawValue``.
    let scales: [MetricScale]
    /// Ticks per second.
    let rate: Double

    init(_ recipe: Recipe) {
        scales = Metric.allCases.map { MetricScale(recipe.normal[$0.rawValue], metric: $0) }
        rate = 1 / recipe.grid.interval.seconds
    }

    /// What the effects on one metric are measured in.
    struct MetricScale: Sendable {
        /// Counts of 10⁻ᵈ per standard deviation; a constant metric counts as one that varies by four steps.
        var deviation: Double
        /// Counts of 10⁻ᵈ from `min` to `max`.
        var span: Double
        /// Counts of 10⁻ᵈ in one step of the resolution.
        var step: Int32
        /// The healthy bounds, in counts.
        var healthy: ClosedRange<Double>
        /// What nature allows, in counts: whole steps.
        var possible: ClosedRange<Double>

        init(_ parameters: MetricParameters, metric: Metric) {
            let unit = parameters.resolution.countsPerUnit
            step = parameters.resolution.step
            let stepSize = Double(step)
            deviation = max(parameters.standardDeviation * unit, 4 * stepSize)
            span = (parameters.maximum - parameters.minimum) * unit
            healthy = parameters.minimum * unit...parameters.maximum * unit
            let limits = metric.physicalLimits
            let lowest = (limits.lowerBound * unit / stepSize).rounded(.up) * stepSize
            let highest = (limits.upperBound * unit / stepSize).rounded(.down) * stepSize
            possible = max(lowest, -2_000_000_000)...min(highest, 2_000_000_000)
        }

        /// The possible reading nearest to a healthy one changed by `change` counts.
        func reading(_ healthy: Int32, changedBy change: Double) -> Int32 {
            let stepSize = Double(step)
            let wanted = ((Double(healthy) + change) / stepSize).rounded(.toNearestOrEven) * stepSize
            return Int32(min(max(wanted, possible.lowerBound), possible.upperBound))
        }

        /// The reading one step away, on a side where there is one.
        func neighbour(of healthy: Int32) -> Int32 {
            Double(healthy) + Double(step) <= possible.upperBound ? healthy + step : healthy - step
        }

        /// The direction in which all healthy readings can move by `size` counts; the random one if both or neither.
        func direction(forSize size: Double, random: Bool) -> Double {
            let up = healthy.upperBound + size <= possible.upperBound
            let down = healthy.lowerBound - size >= possible.lowerBound
            return (up == down ? random : up) ? 1 : -1
        }
    }
}
