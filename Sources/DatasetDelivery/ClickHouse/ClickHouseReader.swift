import DatasetGen

/// Reads rows back from ClickHouse.
struct ClickHouseReader: StoredReader {
    private let target: ClickHouseTarget
    private let client: ClickHouseClient
    private let fields: StoredFields

    init(_ target: ClickHouseTarget, _ client: ClickHouseClient) {
        (self.target, self.client) = (target, client)
        fields = StoredFields(
            target.plan,
            usesTwin: target.usesTwin,
            usesLabels: target.usesLabels,
            null: "\\N"
        )
    }

    /// The condition that a row lies in a range of time.
    static func condition(_ times: Range<Int64>, isWhole: Bool) -> String {
        let bounds = [times.lowerBound, times.upperBound]
            .map { time in
                isWhole
                    ? "toDateTime(\((time + 999_999).flooredQuotient(by: 1_000_000)))"
                    : "fromUnixTimestamp64Micro(toInt64(\(time)), 'UTC')"
            }
        return "timestamp >= \(bounds[0]) AND timestamp < \(bounds[1])"
    }

    /// Microseconds since 1970.
    static func microseconds(isWhole: Bool) -> String {
        isWhole ? "toInt64(toUInt32(timestamp)) * 1000000" : "toUnixTimestamp64Micro(timestamp)"
    }

    private func statement(_ times: Range<Int64>, _ further: String = "") -> String {
        let names = target.plan.recipe.schema.metrics.map(\.name)
        let columns =
            names + (target.usesTwin ? names.map { "clean_" + $0 } : [])
            + (target.usesLabels ? ["anomaly_flag", "anomaly_type"] : [])
        return "SELECT \(Self.microseconds(isWhole: target.isWhole)), sensor_id, "
            + "\(columns.map(ClickHouseClient.name).joined(separator: ", ")) FROM \(target.tableName) "
            + "WHERE \(Self.condition(times, isWhole: target.isWhole))\(further)"
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
        let further = " AND sensor_id = \(ClickHouseClient.literal(sensor.id)) ORDER BY timestamp"
        try client.forEachRow(statement(times, further)) { bytes, row in
            guard let time = StoredNumber.integer(bytes.extracting(row[0])) else { return }
            rows.append(fields.row(bytes, row[2...], at: time))
        }
        return rows
    }
}
