/// A reading as the measures see it: what is stored of it.
struct AuditedReading {
    /// The position in the dataset's order, from 0.
    var position: Int64
    var tick: Int64
    /// The sensor's index in the fleet.
    var sensor: Int
    /// Microseconds since the Unix epoch.
    var time: Int64
    /// By ``Metric/rawValue``: counts of 10⁻ᵈ.
    var metrics: MetricCounts
    /// The stored healthy twin; NULL where the dataset does not hold it.
    var clean: MetricCounts
    /// Whether the dataset has a row for it.
    var isPresent: Bool
    /// The stored ``AnomalyType/rawValue``, 0 for normal.
    var label: UInt8
    /// The ``AnomalyType/rawValue`` of the event that it belongs to, 0 outside any.
    var eventType: UInt8
}
