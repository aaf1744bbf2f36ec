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
        /// A formula of metrics listed before.
        case derived(String)
        /// A column of a recording, by its name in the file.
        case replay(column: String)
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

    /// Name, unit, resolution and limits.
    package var description: MetricDescription
    /// What makes its healthy readings.
    package var model: Model
}
