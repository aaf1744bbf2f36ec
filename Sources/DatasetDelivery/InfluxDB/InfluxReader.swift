import DatasetGen

/// Reads points back from InfluxDB.
struct InfluxReader: StoredReader {
    private let target: InfluxTarget
    private let client: InfluxClient
    private let fields: StoredFields

    init(_ target: InfluxTarget, _ client: InfluxClient) {
        (self.target, self.client) = (target, client)
        fields = StoredFields(target.plan, usesTwin: target.usesTwin, usesLabels: target.usesLabels)
    }

    /// The condition that a point lies in a range of time.
    static func condition(_ times: Range<Int64>) -> String {
        "time >= \(times.lowerBound)u AND time < \(times.upperBound)u"
    }

    private func statement(_ times: Range<Int64>, _ further: String = "") -> String {
        let names = target.plan.recipe.schema.metrics.map(\.name)
        let columns =
            ["sensor_id"] + names + (target.usesTwin ? names.map { "clean_" + $0 } : [])
            + (target.usesLabels ? ["anomaly_flag", "anomaly_type"] : [])
        return "SELECT \(columns.map(InfluxAPI.name).joined(separator: ", ")) "
            + "FROM \(InfluxAPI.name(target.points.measurement)) WHERE \(Self.condition(times))\(further)"
    }

    func read(_ times: Range<Int64>, to points: inout StoredPoints) throws(DeliveryError) {
        var (sums, fields) = (points, fields)
        try client.forEachRow(statement(times)) { bytes, row in
            guard let time = StoredNumber.integer(bytes.extracting(row[2])),
                let sensor = fields.sensor(bytes.extracting(row[3]))
            else { return }
            fields.add(bytes, row[4...], of: sensor, at: time, to: &sums)
        }
        points = sums
    }

    func rows(of sensor: Sensor, in times: Range<Int64>) throws(DeliveryError) -> [RowComparison.Row] {
        var rows: [RowComparison.Row] = []
        try client.forEachRow(statement(times, " AND \"sensor_id\" = \(InfluxAPI.literal(sensor.id))")) { bytes, row in
            guard let time = StoredNumber.integer(bytes.extracting(row[2])) else { return }
            rows.append(fields.row(bytes, row[4...], at: time))
        }
        return rows
    }
}
