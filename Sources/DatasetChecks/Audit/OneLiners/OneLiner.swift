import DatasetGen

/// A detector that fits on one line: a feature of a metric, flagged where it exceeds a threshold.
///
/// Source: Wu and Keogh, "Current Time Series Anomaly Detection Benchmarks are Flawed and are Creating the Illusion of
/// Progress", IEEE TKDE 2021 (arXiv:2009.13807), section 2.2 and table 1: a dataset that such a detector solves says
/// little about better ones.
public struct OneLiner: Hashable, Sendable {
    /// What is compared with the threshold.
    public enum Feature: Hashable, Sendable {
        /// |x − the sensor's healthy mean|.
        case deviation
        /// |x − the reading before|.
        case step
        /// |x − the mean of the k readings before|.
        case deviationFromMean(window: Int)
        /// The standard deviation of the last k readings, x included.
        case standardDeviation(window: Int)
        /// |diff| − mean − 3 · standard deviation of the k steps before.
        case unusualStep(window: Int)
        /// Whether x is NULL or its row is absent.
        case isMissing
    }

    /// What is compared with the threshold.
    public let feature: Feature
    /// The name of the metric; nil for the largest of all metrics, each divided by the root mean square of its feature in
    /// the healthy twin.
    public let metric: String?

    /// How many readings behind an event the feature still sees it.
    var reach: Int {
        switch feature {
        case .deviation, .isMissing: 0
        case .step: 1
        case .deviationFromMean(let window), .standardDeviation(let window), .unusualStep(let window): window
        }
    }

    /// The detector as one would write it.
    public var text: String {
        let x = metric ?? "any metric"
        return switch feature {
        case .deviation: "|x - mean| of \(x)"
        case .step: "|diff(x)| of \(x)"
        case .deviationFromMean(let window): "|x - movmean(x,\(window))| of \(x)"
        case .standardDeviation(let window): "movstd(x,\(window)) of \(x)"
        case .unusualStep(let window): "|d| - movmean(|d|,\(window)) - 3 movstd(|d|,\(window)), d = diff(x) of \(x)"
        case .isMissing: "x is missing"
        }
    }

    /// The lengths of the moving windows.
    static let windows = [6, 30, 120]

    /// The features that are computed, in the order of ``FeatureWindow``'s scores.
    static let features: [Feature] =
        [.deviation, .step] + windows.map { .deviationFromMean(window: $0) }
        + windows.map { .standardDeviation(window: $0) } + windows.map { .unusualStep(window: $0) }

    /// All of them: per feature the metrics and any metric, then ``Feature/isMissing``.
    static func all(_ schema: MetricSchema) -> [OneLiner] {
        features.flatMap { feature in
            schema.metrics.map { OneLiner(feature: feature, metric: $0.name) } + [
                OneLiner(feature: feature, metric: nil)
            ]
        } + [OneLiner(feature: .isMissing, metric: nil)]
    }
}
