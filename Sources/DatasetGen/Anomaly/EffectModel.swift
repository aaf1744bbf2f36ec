/// The sizes that anomalies of sensors of one kind are measured in.
struct EffectModel: Sendable {
    /// Per ``Metric/rawValue``.
    let scales: [MetricScale]
    /// Per ``AnomalyType/rawValue``, per ``Metric/rawValue``: counts by which healthy readings vary within an event.
    private let variations: [[Double]]

    init(_ kind: KindModel, recipe: Recipe, types: [AnomalyTypeParameters?]) {
        let scales = StandardMetric.allCases.map { MetricScale(kind, recipe.normal[$0.rawValue], metric: $0) }
        self.scales = scales
        let interval = recipe.grid.interval.seconds
        variations = types.map { parameters in
            guard let parameters else { return [] }
            let duration = parameters.duration.map { Double($0.lowerBound + $0.upperBound) / 2e6 } ?? interval
            // A drift competes with what the healthy metric does in half the event; a jump with the next reading.
            let seconds =
                switch parameters.type {
                case .trend: max(interval, duration / 2)
                case .pattern: max(interval, duration / 12)
                case .spike, .noise, .missingData: interval
                }
            return StandardMetric.allCases.map { metric in
                let slow = kind.typicalChange(of: metric, in: seconds) * scales[metric.rawValue].countsPerUnit
                let noise = scales[metric.rawValue].noise
                return (noise * noise + slow * slow).squareRoot()
            }
        }
    }

    /// Counts by which healthy readings of a metric vary within an event of a type.
    func variation(_ type: AnomalyType, _ metric: Metric) -> Double {
        variations[Int(type.rawValue)][metric.rawValue]
    }
}
