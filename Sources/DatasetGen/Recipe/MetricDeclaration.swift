/// A metric as a recipe declares it, every default filled in.
package struct MetricDeclaration: Hashable, Sendable {
    /// What makes its healthy readings.
    package enum Model: Hashable, Sendable {
        /// One of the standard metrics, which `normal_parameters` and `climate` describe.
        case standard
        /// Cycles, wander and what it follows.
        case process(ProcessParameters)
        /// A count that only grows.
        case counter(CounterParameters)
        /// One of a few states.
        case state(StateParameters)
        /// A formula of metrics listed before, and the standard deviation of the noise that is added, in the unit.
        case derived(String, noise: Double)
        /// A machine that wears, fails and is mended.
        case life(LifeParameters)
        /// A column of a recording, by its name in the file, and the standard deviation of the noise that is added, in the unit.
        case replay(column: String, noise: Double)
    }

    /// What a recipe says of a counter.
    package struct CounterParameters: Hashable, Sendable {
        /// Mean growth an hour, in the unit.
        package var rate: Double
        /// Shares of the rate that come and go regularly.
        package var cycles: [MetricCycle]
        /// Parts of the rate that are in proportion to other metrics.
        package var follows: [ProcessParameters.Coupling] = []
        /// Microseconds of the longest octave of the rate's wander.
        package var wanderPeriod: Int64
        /// The count that reads 0; nil for none.
        package var resetsAt: Double?
        /// Who has the same count.
        package var scope: MetricScope
    }

    /// What a recipe says of a state.
    package struct StateParameters: Hashable, Sendable {
        /// A state and its part of all time.
        package struct Share: Hashable, Sendable {
            package var name: String
            package var share: Double
        }

        /// In the recipe's order.
        package var shares: [Share]
        /// Microseconds of the rarest state's mean stay.
        package var dwell: Int64
        /// Who is in the same state.
        package var scope: MetricScope
    }

    /// What a recipe says of a machine's lives, or of what another metric says of them.
    package struct LifeParameters: Hashable, Sendable {
        /// How long lives and repairs are.
        package struct Life: Hashable, Sendable {
            /// Microseconds.
            package var mean: Int64
            /// The shape of the Weibull distribution.
            package var shape: Double
            /// Microseconds from a failure to the next life, evenly distributed.
            package var repair: ClosedRange<Int64>

            /// A distribution of lives, and of repairs.
            package init(mean: Int64, shape: Double, repair: ClosedRange<Int64>) {
                (self.mean, self.shape, self.repair) = (mean, shape, repair)
            }
        }

        /// The lives; nil for those of another metric.
        package var life: Life?
        /// The metric whose lives they are; nil for its own.
        package var other: String?
        /// Who has the same machine.
        package var scope: MetricScope
        /// What is told.
        package var value: LifeValue
        /// Of a state: from which part of a life on there is a fault; nil for never.
        package var faultAt: Double?
    }

    /// Name, unit, resolution and limits.
    package var description: MetricDescription
    /// What makes its healthy readings.
    package var model: Model
}

extension MetricDeclaration {
    /// The standard deviation of the noise that is added to a recording's readings, in the unit.
    var addedNoise: Double { if case .replay(_, let noise) = model { noise } else { 0 } }
}
