/// What a recipe says of a metric of the model `process`.
package struct ProcessParameters: Hashable, Sendable {
    /// The distribution of healthy readings over the fleet and long time.
    package enum Distribution: Hashable, Sendable {
        /// Normal, cut at the bounds.
        case normal
        /// The logarithm is normal, cut at the bounds.
        case lognormal
        /// Any number of a range is as likely as any other.
        case uniform
        /// Numbers in rising order, between any two of which a reading lies equally often; they say mean and deviation.
        case quantiles([Double])
    }

    /// What a metric takes from another.
    package struct Coupling: Hashable, Sendable {
        /// The other's name.
        package var metric: String
        /// The other's part of this one's standardised signal; between −1 and 1 where it is the only one.
        package var weight: Double
        /// Microseconds that this one comes later.
        package var lag: Int64

        /// A coupling.
        package init(metric: String, weight: Double, lag: Int64 = 0) {
            (self.metric, self.weight, self.lag) = (metric, weight, lag)
        }
    }

    /// A change that stays: from some time on the metric has another mean and deviation.
    package struct Change: Hashable, Sendable {
        /// Microseconds from the start of the dataset.
        package var offset: Int64
        /// Microseconds that it takes; 0 for a step.
        package var duration: Int64
        /// What is added to the mean before it.
        package var shift: Double
        /// By what the deviation before it is multiplied.
        package var factor: Double

        /// A change.
        package init(offset: Int64, duration: Int64 = 0, shift: Double = 0, factor: Double = 1) {
            (self.offset, self.duration, self.shift, self.factor) = (offset, duration, shift, factor)
        }
    }

    /// In the metric's unit.
    package var mean: Double
    /// In the metric's unit; noise and rounding included.
    package var standardDeviation: Double
    /// No healthy reading is below.
    package var minimum: Double
    /// No healthy reading is above.
    package var maximum: Double
    /// White noise of the instrument: its standard deviation, in the unit.
    package var noise = 0.0
    /// How much sensors differ for good: the standard deviation of their long-run means, in the unit.
    package var levels = 0.0
    /// The distribution.
    package var distribution = Distribution.normal
    /// What comes back regularly.
    package var cycles: [MetricCycle] = []
    /// How what is left of the variance wanders.
    package var wander = RedNoise(period: 10_800_000_000)
    /// What it follows.
    package var follows: [Coupling] = []
    /// Who has the same wander.
    package var scope = MetricScope.sensor
    /// Changes that stay, in the order of time; none begins before the one before it has ended.
    package var changes: [Change] = []

    /// Parameters; all else as its default.
    package init(mean: Double, standardDeviation: Double, minimum: Double, maximum: Double) {
        (self.mean, self.standardDeviation) = (mean, standardDeviation)
        (self.minimum, self.maximum) = (minimum, maximum)
    }
}
