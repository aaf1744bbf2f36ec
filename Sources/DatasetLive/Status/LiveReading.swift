public import DatasetGen

/// A reading that a live run has written.
public struct LiveReading: Hashable, Sendable {
    /// Its `id`.
    public let number: Int64
    /// When it was taken.
    public let time: SimulatedTime
    /// Its sensor's ``Sensor/index``.
    public let sensor: Int
    /// Its sensor's identifier.
    public let sensorID: String
    /// By ``Metric/rawValue``, in the metric's unit; nil for NULL.
    public let values: [Double?]
    /// The type of the anomaly that it belongs to; nil if it is normal.
    public let anomalyType: AnomalyType?
}
