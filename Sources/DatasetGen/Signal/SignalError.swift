/// Why a healthy signal cannot be had as a recipe asks.
public enum SignalError: Error, Hashable, CustomStringConvertible {
    /// The bounds leave no room for the standard deviation.
    case deviationTooLarge(StandardMetric, MetricParameters, largest: Double)
    /// The steps of the readings are too coarse for the standard deviation or the bounds.
    case resolutionTooCoarse(StandardMetric, MetricParameters, Resolution)
    /// `climate: city` needs to know where the place is.
    case placeUnknown(String)
    /// A phenomenon is asked for somewhere that the fleet is not.
    case unknownScope(phenomenon: Int, scope: IncidentParameters.Scope, name: String, known: [String])
    /// A metric that the recipe declares cannot be had as it is described.
    case metric(MetricModelError)

    /// The key of the recipe that has to change.
    public var keyPath: String {
        switch self {
        case .deviationTooLarge(let metric, _, _), .resolutionTooCoarse(let metric, _, _):
            "normal_parameters.\(metric.name).std_dev"
        case .placeUnknown: "climate"
        case .unknownScope(let phenomenon, _, _, _): "phenomena.\(phenomenon).only"
        case .metric(let error): error.keyPath
        }
    }

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .deviationTooLarge(_, let parameters, let largest):
            "\(parameters.standardDeviation) cannot be had around a mean of \(parameters.mean) between "
                + "\(parameters.minimum) and \(parameters.maximum); the largest is about "
                + FixedPoint(rounding: largest, decimals: 3).text
        case .resolutionTooCoarse(let metric, let parameters, let resolution):
            "\(parameters.standardDeviation) between \(parameters.minimum) and \(parameters.maximum) cannot be had with "
                + "readings in steps of \(resolution.text); give a finer normal_parameters.\(metric.name).resolution, at "
                + "most twice std_dev, with at least 3 steps between min and max"
        case .unknownScope(_, let scope, let name, let known):
            UnknownScope(name: name, known: known).description(of: scope)
        case .metric(let error): error.description
        case .placeUnknown(let name):
            "city needs the latitude and longitude of '\(name)', which is not a bundled city; give its coordinates"
        }
    }
}
