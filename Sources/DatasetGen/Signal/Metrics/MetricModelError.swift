/// Why a metric cannot be had as it is described.
public enum MetricModelError: Error, Hashable, CustomStringConvertible {
    /// Shares and weights leave nothing, or less, to chance.
    case sharesTooLarge(String, sum: Double)
    /// Sensors differ by more than all readings do.
    case levelsTooLarge(String, Double)
    /// It follows a metric that is none, or none that can be followed.
    case cannotFollow(String, String)
    /// Metrics that follow one another in a circle.
    case circle([String])
    /// The bounds leave no room for mean and standard deviation, from some change on.
    case momentsImpossible(String, mean: Double, deviation: Double, change: Int?)
    /// The steps of the readings are too coarse.
    case resolutionTooCoarse(String, Resolution)
    /// A number, by its key, that means nothing.
    case value(String, key: String, String)

    /// The metric.
    public var metric: String {
        switch self {
        case .sharesTooLarge(let metric, _), .levelsTooLarge(let metric, _), .cannotFollow(let metric, _),
            .momentsImpossible(let metric, _, _, _), .resolutionTooCoarse(let metric, _), .value(let metric, _, _):
            metric
        case .circle(let metrics): metrics.first ?? ""
        }
    }

    /// The key of the recipe that has to change.
    public var keyPath: String {
        switch self {
        case .sharesTooLarge: "metrics.\(metric).cycles"
        case .levelsTooLarge: "metrics.\(metric).levels"
        case .cannotFollow, .circle: "metrics.\(metric).follows"
        case .momentsImpossible(_, _, _, let change?): "metrics.\(metric).changes.\(change)"
        case .momentsImpossible: "metrics.\(metric).std_dev"
        case .resolutionTooCoarse: "metrics.\(metric).resolution"
        case .value(_, let key, _): "metrics.\(metric).\(key)"
        }
    }

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .sharesTooLarge(_, let sum):
            "cycles, levels and what is followed make up \(FixedPoint(rounding: sum, decimals: 3).text) of the variance; "
                + "at most 1 is possible, of which 0.01 is chance"
        case .levelsTooLarge(_, let levels):
            "levels that differ by \(levels) are more than all readings do; levels are a part of std_dev, as noise is"
        case .cannotFollow(_, let other): "\(other) cannot be followed; a metric of the model process can"
        case .circle(let metrics): "metrics follow one another in a circle: " + metrics.joined(separator: ", ")
        case .momentsImpossible(_, let mean, let deviation, _):
            "a standard deviation of \(deviation) around a mean of \(mean) cannot be had between min and max without "
                + "readings that crowd at the bounds; widen them, or lessen std_dev"
        case .resolutionTooCoarse(_, let resolution):
            "\(resolution.text) is too coarse; at most twice std_dev, with at least 3 steps between min and max"
        case .value(_, _, let problem): problem
        }
    }
}
