public import DatasetGen

/// One reading of one sensor.
public struct MonitoredReading: Hashable, Sendable {
    /// The reading's number in the dataset's order, from 1.
    public var id: Int64
    /// When it was taken.
    public var timestamp: SimulatedTime
    /// Who took it.
    public var sensorID: String
    /// What is wrong with it; nil if nothing.
    public var anomalyType: AnomalyType?
    /// The metrics that its anomaly changes; none if nothing is wrong.
    public var changedMetrics: MetricSet = []
    /// What it has values of.
    public let schema: MetricSchema

    /// By ``Metric/rawValue``.
    private var values: [FixedPoint?]

    /// A reading without values.
    public init(
        id: Int64,
        timestamp: SimulatedTime,
        sensorID: String,
        anomalyType: AnomalyType? = nil,
        schema: MetricSchema = .standard
    ) {
        self.schema = schema
        values = Array(repeating: nil, count: schema.metrics.count)
        self.id = id
        self.timestamp = timestamp
        self.sensorID = sensorID
        self.anomalyType = anomalyType
    }

    /// The value of a metric, of a state the number of its text; nil where the reading is missing.
    public subscript(metric: Metric) -> FixedPoint? {
        get { values[metric.rawValue] }
        set { values[metric.rawValue] = newValue }
    }

    /// The text of a state; nil where the reading is missing.
    public func state(_ metric: Metric) -> String? {
        let states = schema[metric].states
        guard let number = self[metric].map({ Int($0.double) }), states.indices.contains(number) else { return nil }
        return states[number]
    }
}
