/// Why a healthy signal cannot be had as a recipe asks.
public enum SignalError: Error, Hashable, CustomStringConvertible {
    /// The bounds leave no room for the standard deviation.
    case deviationTooLarge(Metric, MetricParameters, largest: Double)

    /// The key of the recipe that has to change.
    public var keyPath: String {
        switch self {
        case .deviationTooLarge(let metric, _, _): "normal_parameters.\(metric.name).std_dev"
        }
    }

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .deviationTooLarge(_, let parameters, let largest):
            "\(parameters.standardDeviation) cannot be had around a mean of \(parameters.mean) between "
                + "\(parameters.minimum) and \(parameters.maximum); the largest is about "
                + FixedPoint(rounding: largest, decimals: 3).text
        }
    }
}
