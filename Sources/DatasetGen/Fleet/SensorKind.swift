/// What sensors have in common as far as their healthy readings go: part, supply and resolutions.
struct SensorKind: Hashable, Sendable {
    let part: SensorPart
    let supply: PowerSupply
    /// By ``StandardMetric/rawValue``.
    let standardResolutions: [Resolution]
    /// By ``Metric/rawValue``.
    let resolutions: [Resolution]
}
