import DatasetFormats
import DatasetGen

/// Compares the rows of one sensor in a window with its readings, in the order of time.
struct PGRowComparison {
    private let proof: PGProof
    private let sensor: Sensor
    private let connection: PGConnection
    private let times: (from: Int64?, before: Int64?)
    private let columns: [PGTable.Column]

    init(_ proof: PGProof, sensor: Int, window: Int, _ connection: PGConnection) {
        self.proof = proof
        self.connection = connection
        self.sensor = proof.target.plan.fleet.sensors[sensor]
        times = proof.windows.times(of: window)
        let leading = [proof.target.table.timeColumn, "sensor_id", "metric"]
        columns = proof.target.table.columns.filter { !leading.contains($0.name) }
    }

    private var table: PGTable { proof.target.table }

    /// What differs first; nil if nothing does.
    func firstDifference() throws(DeliveryError) -> String? {
        var comparison = RowComparison(columns: columns.map(\.name), stored: try storedRows())
        let rows = ExpectedRows(
            plan: proof.target.plan,
            sensor: sensor,
            times: times,
            usesTwin: table.includesTwin
        )
        let metrics = table.layout == .narrow ? table.schema.all.map { Optional($0) } : [nil]
        rows.handOn { row in
            for metric in metrics {
                for arrival in row.arrivals {
                    let values = columns.map { column in
                        column.name == PGTable.arrivalColumn ? String(arrival) : value(column, metric, row)
                    }
                    comparison.compare(
                        RowComparison.Row(time: row.time, part: (metric?.rawValue ?? 0) + 1, values: values)
                    )
                }
            }
        }
        comparison.finish()
        return comparison.difference
    }

    private func storedRows() throws(DeliveryError) -> [RowComparison.Row] {
        let time = PGName.quoted(table.timeColumn)
        let metrics = table.schema.metrics.map(\.name)
        let metric =
            table.layout == .narrow
            ? "array_position(ARRAY[\(metrics.map(PGName.literal).joined(separator: ", "))], metric)" : "1"
        let id =
            table.layout.hasSensorTable
            ? String(proof.load.sensorNumbers[sensor.index]) : PGName.literal(sensor.id)
        var conditions = ["sensor_id = \(id)", try proof.condition()]
        if let from = times.from { conditions.append("\(time) >= \(PGProof.instant(from))") }
        if let before = times.before { conditions.append("\(time) < \(PGProof.instant(before))") }
        var rows: [RowComparison.Row] = []
        try connection.forEachRow(
            """
            SELECT (extract(epoch FROM \(time)) * 1000000)::bigint, \(metric)
            \(columns.map { ", " + selection($0) }.joined()) FROM \(target.readings)
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY 1, 2\(table.includesArrivals ? ", " + PGName.quoted(PGTable.arrivalColumn) : "")
            """
        ) { row in
            rows.append(
                RowComparison.Row(
                    time: row[0].flatMap { Int64($0) } ?? .min,
                    part: row[1].flatMap { Int($0) } ?? .max,
                    values: zip(columns, row.dropFirst(2)).map { Self.comparable($1, $0.type) }
                )
            )
        }
        return rows
    }

    /// A column, times of arrival as microseconds since 1970.
    private func selection(_ column: PGTable.Column) -> String {
        let name = PGName.quoted(column.name)
        return column.name == PGTable.arrivalColumn ? "(extract(epoch FROM \(name)) * 1000000)::bigint" : name
    }

    private var target: PGTables { proof.target.tables }

    /// Numbers in one way of writing.
    private static func comparable(_ text: String?, _ type: PGType) -> String? {
        guard type == .double, let text, let number = Double(text) else { return text }
        return number.description
    }

    private func value(_ column: PGTable.Column, _ metric: Metric?, _ row: ExpectedRows.Row) -> String? {
        switch column.name {
        case "id": return String(row.position + 1)
        case "status_code": return row.isAnomalous ? "1" : "0"
        case "anomaly_flag": return row.isAnomalous ? "t" : "f"
        case "anomaly_type": return row.anomalyType?.name
        case "synced": return "f"
        default: break
        }
        if let known = Column.metadata.firstIndex(where: { $0.name == column.name }) {
            return Self.comparable(sensor.metadata[known], column.type)
        }
        let isTwin = column.name.hasPrefix("clean_")
        let name = isTwin ? String(column.name.dropFirst(6)) : column.name
        guard let metric = metric ?? table.schema[name].map({ Metric(rawValue: $0.index) }),
            let value = isTwin ? row.healthyValue(metric) : row.value(metric)
        else { return nil }
        let states = table.schema[metric].states
        if metric.rawValue >= 0, name == "value", !states.isEmpty { return nil }
        if name == "state", states.isEmpty, table.layout == .narrow { return nil }
        return states.isEmpty ? value.description : states[Int(value)]
    }
}
