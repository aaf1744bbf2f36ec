/// What a data sheet says about one metric of a part, in the metric's unit.
struct PartSpecification: Hashable, Sendable {
    /// The step of the readings.
    var resolution: Resolution
    /// Standard deviation of the white noise of a reading.
    var noise: Double
    /// Standard deviation of the calibration offset between specimens.
    var offset: Double
    /// Standard deviation of the slow wander of a specimen over the years.
    var drift: Double
    /// Seconds to 63 % of a step, at most five minutes.
    var lag: Double
    /// Warming by the part's own current: the mean over specimens, which differ by 30 % of it.
    ///
    /// Under `normal_parameters` it is part of the recipe's mean.
    var selfHeating = 0.0
    /// Where the readings hit the rails.
    var range: ClosedRange<Double>
    /// Values that stand for "no answer".
    var sentinels: [Double]
}
