/// What sensors have in common beside place and make: part, supply, what they measure how, how they fail.
package struct SensorKind: Hashable, Sendable {
    let part: SensorPart
    let supply: PowerSupply
    /// What they measure.
    package let metrics: MetricSet
    /// What temperature, humidity and pressure follow.
    let climate: Climate
    /// Healthy behaviour by ``StandardMetric/rawValue``.
    let normal: [MetricParameters]
    /// By ``StandardMetric/rawValue``.
    let standardResolutions: [Resolution]
    /// By ``Metric/rawValue``.
    package let resolutions: [Resolution]
    /// How they fail; nil for as the recipe says.
    let anomalies: AnomalyParameters?
    /// Instants of the recipe's grid from one reading to the next.
    let step: Int64
    /// What happens to their readings on their way; nil for as the recipe says.
    let delivery: DeliveryParameters?
}
