/// What sensors have in common as far as their healthy readings go: part, supply, and what they measure how.
struct SensorKind: Hashable, Sendable {
    let part: SensorPart
    let supply: PowerSupply
    /// What they measure.
    let metrics: MetricSet
    /// What temperature, humidity and pressure follow.
    let climate: Climate
    /// Healthy behaviour by ``StandardMetric/rawValue``.
    let normal: [MetricParameters]
    /// By ``StandardMetric/rawValue``.
    let standardResolutions: [Resolution]
    /// By ``Metric/rawValue``.
    let resolutions: [Resolution]
}
