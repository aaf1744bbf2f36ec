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
    /// What it has values of.
    public let schema: MetricSchema
    /// By ``Metric/rawValue``, in the metric's unit; of a state the number of its text; nil for NULL.
    public let values: [Double?]
    /// The type of the anomaly that it belongs to; nil if it is normal.
    public let anomalyType: AnomalyType?
    /// The metrics that the anomaly changes; nil where that was not asked for.
    public let changedMetrics: MetricSet?
}

extension LiveReading {
    /// A row of a block, whose number is moved by `shift`.
    init(_ block: ReadingBlock, _ row: Int, of sensor: Sensor, _ schema: MetricSchema, shift: Int64) {
        number = block.firstNumber + Int64(row) + shift
        time = SimulatedTime(microseconds: block.times[row])
        self.sensor = sensor.index
        sensorID = sensor.id
        self.schema = schema
        values = zip(block.metrics, sensor.resolutions)
            .map { column, resolution in
                column[row] == ReadingBlock.null
                    ? nil : FixedPoint(count: Int64(column[row]), decimals: resolution.decimals).double
            }
        anomalyType = block.label(ofRow: row).anomalyType
        changedMetrics = nil
    }
}
