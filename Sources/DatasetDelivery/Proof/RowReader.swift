import DatasetGen

/// Reads rows back from a store that answers queries with rows of text.
struct RowReader: StoredReader {
    /// What asks the store, and hands on bytes and where in them the fields of a row lie.
    typealias Query =
        (
            _ statement: String,
            _ body: @escaping (_ bytes: Span<UInt8>, _ fields: [Range<Int>]) -> Void
        ) throws(DeliveryError) -> Void

    private let fields: StoredFields
    /// The field of the time; that of the sensor stands behind it, and then the values.
    private let timeField: Int
    /// The statement that selects time, sensor and values in a range of time, in the order of time where it is of one sensor.
    private let statement: (_ times: Range<Int64>, _ sensor: Sensor?) -> String
    private let query: Query

    /// - Parameters:
    ///   - target: what is read back.
    ///   - null: what stands for NULL.
    ///   - timeField: the field of the time.
    ///   - statement: what selects time, sensor and ``ReadableTarget/valueNames``.
    ///   - query: asks the store.
    init(
        of target: some ReadableTarget,
        null: String = "",
        timeField: Int = 0,
        statement: @escaping (_ times: Range<Int64>, _ sensor: Sensor?) -> String,
        query: @escaping Query
    ) {
        fields = StoredFields(
            target.plan,
            usesTwin: target.usesTwin,
            usesLabels: target.usesLabels,
            usesArrivals: target.usesArrivals,
            null: null
        )
        (self.timeField, self.statement, self.query) = (timeField, statement, query)
    }

    func read(_ times: Range<Int64>, to points: inout StoredPoints) throws(DeliveryError) {
        var (sums, fields) = (points, fields)
        try query(statement(times, nil)) { bytes, row in
            guard let time = StoredNumber.integer(bytes.extracting(row[timeField])),
                let sensor = fields.sensor(bytes.extracting(row[timeField + 1]))
            else { return }
            fields.add(bytes, row[(timeField + 2)...], of: sensor, at: time, to: &sums)
        }
        points = sums
    }

    func rows(of sensor: Sensor, in times: Range<Int64>) throws(DeliveryError) -> [RowComparison.Row] {
        var rows: [RowComparison.Row] = []
        try query(statement(times, sensor)) { bytes, row in
            guard let time = StoredNumber.integer(bytes.extracting(row[timeField])) else { return }
            rows.append(fields.row(bytes, row[(timeField + 2)...], at: time))
        }
        return rows
    }
}
