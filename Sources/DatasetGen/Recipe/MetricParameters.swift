/// Healthy behaviour of one metric: moments over a long run, hard bounds and the step of its readings.
public struct MetricParameters: Hashable, Sendable {
    /// Mean in the metric's unit.
    public var mean: Double
    /// Standard deviation in the metric's unit; zero for a constant.
    public var standardDeviation: Double
    /// No normal reading is below, in the metric's unit.
    public var minimum: Double
    /// No normal reading is above, in the metric's unit.
    public var maximum: Double
    /// The step of the readings; nil for that of each sensor's part.
    public var resolution: Resolution?
}
