import DatasetGen

/// Pearson's correlations of the healthy readings of metrics that are numbers.
struct MetricCorrelations {
    /// The metrics.
    let metrics: [Metric]
    private let values: [[Double?]]

    /// Matrices of more metrics are nothing that anybody reads.
    static let mostMetrics = 16
    private static let fewestPairs = 30.0

    /// The correlations of the first metrics of a plan.
    init(_ plan: GenerationPlan, in sample: ReadingSample) {
        let metrics = Array(
            plan.recipe.schema.all.filter { plan.recipe.schema[$0].states.isEmpty }.prefix(Self.mostMetrics)
        )
        self.metrics = metrics
        values = metrics.indices.map { row in
            (0..<row).map { Self.correlation(metrics[row], metrics[$0], in: sample) }
        }
    }

    /// The correlation of two of the metrics; nil where too few readings have both, or one never changes.
    subscript(_ first: Int, _ second: Int) -> Double? {
        first == second ? 1 : values[max(first, second)][min(first, second)]
    }

    private static func correlation(_ first: Metric, _ second: Metric, in sample: ReadingSample) -> Double? {
        // Sums of differences from the first values keep their digits.
        var origin: (Double, Double)?
        var (count, x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        sample.forEachHealthyPair(first, second) { left, right in
            let zero = origin ?? (left, right)
            origin = zero
            let (left, right) = (left - zero.0, right - zero.1)
            count += 1
            x += left
            y += right
            xx += left * left
            yy += right * right
            xy += left * right
        }
        let (varianceX, varianceY) = (xx - x * x / max(1, count), yy - y * y / max(1, count))
        guard count >= fewestPairs, varianceX > 0, varianceY > 0 else { return nil }
        return min(1, max(-1, (xy - x * y / count) / (varianceX * varianceY).squareRoot()))
    }
}
