import DatasetGen

/// Reads rows back from QuestDB.
struct QuestDBReader: StoredReader {
    private let target: QuestDBTarget
    private let client: QuestDBClient
    private let fields: StoredFields

    init(_ target: QuestDBTarget, _ client: QuestDBClient) {
        (self.target, self.client) = (target, client)
        fields = StoredFields(target.plan, usesTwin: target.usesTwin, usesLabels: target.usesLabels)
    }

    /// The condition that a row lies in a range of time.
    static func condition(_ times: Range<Int64>) -> String {
        "timestamp >= \(QuestDBClient.instant(times.lowerBound)) AND timestamp < \(QuestDBClient.instant(times.upperBound))"
    }

    private func statement(_ times: Range<Int64>, _ further: String = "") -> String {
        let names = target.plan.recipe.schema.metrics.map(\.name)
        let columns =
            names + (target.usesTwin ? names.map { "clean_" + $0 } : [])
            + (target.usesLabels ? ["anomaly_flag", "anomaly_type"] : [])
        return "SELECT cast(timestamp AS LONG), sensor_id, "
            + "\(columns.map(QuestDBClient.name).joined(separator: ", ")) "
            + "FROM \(QuestDBClient.name(target.points.measurement)) WHERE \(Self.condition(times))\(further)"
    }

    func read(_ times: Range<Int64>, to points: inout StoredPoints) throws(DeliveryError) {
        var (sums, fields) = (points, fields)
        try client.forEachRow(statement(times)) { bytes, row in
            guard let time = StoredNumber.integer(bytes.extracting(row[0])),
                let sensor = fields.sensor(bytes.extracting(row[1]))
            else { return }
            fields.add(bytes, row[2...], of: sensor, at: time, to: &sums)
        }
        points = sums
    }

    func rows(of sensor: Sensor, in times: Range<Int64>) throws(DeliveryError) -> [RowComparison.Row] {
        var rows: [RowComparison.Row] = []
        let further = " AND sensor_id = \(QuestDBClient.literal(sensor.id)) ORDER BY timestamp"
        try client.forEachRow(statement(times, further)) { bytes, row in
            guard let time = StoredNumber.integer(bytes.extracting(row[0])) else { return }
            rows.append(fields.row(bytes, row[2...], at: time))
        }
        return rows
    }
}
