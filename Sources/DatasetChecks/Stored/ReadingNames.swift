import DatasetGen

/// How messages name readings, metrics and events.
struct ReadingNames {
    private let plan: GenerationPlan

    /// What is measured.
    var schema: MetricSchema { plan.recipe.schema }

    init(_ plan: GenerationPlan) {
        self.plan = plan
    }

    /// `reading 812 (ONE at 2025-01-01T00:13:31.000000)`.
    func reading(_ position: Int64, sensor: Int) -> String {
        "reading \(position + 1) (\(plan.fleet.sensors[sensor].id) at \(time(position)))"
    }

    /// `event 7 (spike of ONE)`.
    func event(_ event: StoredEvent) -> String {
        "event \(event.id) (\(event.type.name) of \(plan.fleet.sensors[event.sensor].id))"
    }

    /// `temperature 21.5 instead of 21.47`, for the first metric that differs.
    func difference(_ stored: MetricCounts, _ healthy: MetricCounts, sensor: Int) -> String {
        guard let metric = schema.all.first(where: { stored[$0.rawValue] != healthy[$0.rawValue] }) else {
            return "nothing differs"
        }
        return "\(schema[metric].name) \(value(stored, metric, sensor)) instead of \(value(healthy, metric, sensor))"
    }

    /// A metric's value; `NULL` without one.
    func value(_ metrics: MetricCounts, _ metric: Metric, _ sensor: Int) -> String {
        let count = metrics[metric.rawValue]
        guard count != ReadingBlock.null else { return "NULL" }
        let decimals = plan.fleet.sensors[sensor].resolutions[metric.rawValue].decimals
        return FixedPoint(count: Int64(count), decimals: decimals).text
    }

    /// The name of a label.
    func label(_ label: UInt8) -> String { AnomalyType(rawValue: label)?.name ?? "normal" }

    /// What a label says of a reading.
    func label(_ label: Label) -> String {
        label.isOmitted ? "without a row" : label.anomalyType?.name ?? "normal"
    }

    private func time(_ position: Int64) -> String {
        plan.time(at: position).text
    }
}
