/// A row as it stands in a file of readings, as far as an audit looks at it.
struct StoredRow {
    /// How many rows a reader gives at a time.
    static let perBatch = 2_048

    /// The row's position among the file's rows, from 1.
    var line: Int64 = 0
    /// The reading's number; nil in a format that does not write it.
    var number: Int64?
    /// The time in units of the file's timestamp style, microseconds where it is text.
    var time: Int64 = 0
    /// The sensor's index in the fleet; −1 for one that the fleet does not have.
    var sensor: Int32 = -1
    /// By ``Metric/rawValue``: counts of 10⁻ᵈ of the sensor's resolution, ``ReadingBlock/null`` for NULL.
    var metrics: MetricCounts
    /// The same of the healthy twin; NULL where the dataset does not hold it.
    var clean: MetricCounts
    /// Whether a metric, or its twin, does not have exactly its resolution's decimals.
    var isInexact = false
    /// An ``AnomalyType/rawValue``, 0 for a normal reading.
    var label: UInt8 = 0
    /// Whether `status_code`, `anomaly_flag` and `anomaly_type` say the same.
    var isConsistent = true
    /// Whether every column that an audit looks at could be read.
    var isReadable = true

    /// A row without values, to be read into.
    init(line: Int64, metricCount: Int) {
        self.line = line
        metrics = MetricCounts(count: metricCount)
        clean = metrics
    }
}
