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

    /// By ``Metric/rawValue``, up to the last one that was set.
    private var values: [FixedPoint?] = []

    /// A reading without values.
    public init(id: Int64, timestamp: SimulatedTime, sensorID: String, anomalyType: AnomalyType? = nil) {
        self.id = id
        self.timestamp = timestamp
        self.sensorID = sensorID
        self.anomalyType = anomalyType
    }

    /// The value of a metric; nil where the reading is missing.
    public subscript(metric: Metric) -> FixedPoint? {
        get { metric.rawValue < values.count ? values[metric.rawValue] : nil }
        set {
            while values.count <= metric.rawValue { values.append(nil) }
            values[metric.rawValue] = newValue
        }
    }
}
