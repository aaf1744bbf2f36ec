/// What healthy sensors report in place of the recipe's models: a model of one's own, a simulation, what was measured.
///
/// ```swift
/// struct Sawtooth: HealthySource {
///     let metrics = ["temperature"]
///
///     func fill(_ metric: String, of sensor: Sensor, at times: [SimulatedTime], into values: inout [Double]) {
///         for index in times.indices {
///             values[index] = 20 + Double(times[index].microseconds / 1_000_000 % 60) / 10
///         }
///     }
/// }
/// let plan = try GenerationPlan(recipe, healthy: Sawtooth())
/// ```
///
/// All else is as the recipe has it: which sensors there are, how they fail and how much, by the deviations that the recipe
/// states; derived metrics follow. The recipe of a dataset does not tell of its source: `verify --regenerate` cannot compute
/// such a dataset again, and whoever finishes an interrupted run gives the same source as before.
public protocol HealthySource: Sendable {
    /// The names of the metrics that it gives: numbers that the recipe measures, and no derived ones.
    var metrics: [String] { get }

    /// Sets a sensor's values of a metric, in its unit, at some instants.
    ///
    /// They depend on sensor and instant alone: blocks are computed in any order, on several threads. Readings are rounded
    /// to the sensor's resolution and held within the metric's limits, as a sensor's are; one that is not finite is NULL.
    ///
    /// - Parameters:
    ///   - metric: one of ``metrics``.
    ///   - sensor: whose readings they are.
    ///   - times: the instants, in rising order.
    ///   - values: as many as `times`.
    func fill(_ metric: String, of sensor: Sensor, at times: [SimulatedTime], into values: inout [Double])
}
