import DatasetFormats
import DatasetGen

/// Compares the rows of one sensor in a window with its readings, in the order of time.
struct PGRowComparison {
    private let proof: PGProof
    private let sensor: Sensor
    private let connection: PGConnection
    private let times: (from: Int64?, before: Int64?)
    private let columns: [PGTable.Column]

    /// A row as it is or should be: per column a text; times in microseconds since 1970, numbers as they are compared.
    private struct Row {
        let time: Int64
        /// In the narrow layout, the number of the metric.
        let metric: Int
        let values: [String?]
    }

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
        let stored = try storedRows()
        var next = 0
        var found: String?
        forEachExpectedRow { row in
            guard found == nil else { return }
            guard next < stored.count else {
                found = "\(Self.text(row.time)): its row is missing"
                return
            }
            let other = stored[next]
            if (other.time, other.metric) < (row.time, row.metric) {
                found = "\(Self.text(other.time)): a row that was not sent, or a second one"
            } else if (other.time, other.metric) > (row.time, row.metric) {
                found = "\(Self.text(row.time)): its row is missing"
            } else if let column = columns.indices.first(where: { other.values[$0] != row.values[$0] }) {
                found =
                    "\(Self.text(row.time)), column \(columns[column].name): \(other.values[column] ?? "NULL") is stored, "
                    + "\(row.values[column] ?? "NULL") was sent"
            }
            next += 1
        }
        if found == nil, next < stored.count {
            found = "\(Self.text(stored[next].time)): a row that was not sent, or a second one"
        }
        return found
    }

    private static func text(_ time: Int64) -> String { SimulatedTime(microseconds: time).zonedText }

    private func storedRows() throws(DeliveryError) -> [Row] {
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
        var rows: [Row] = []
        try connection.forEachRow(
            """
            SELECT (extract(epoch FROM \(time)) * 1000000)::bigint, \(metric)
            \(columns.map { ", " + PGName.quoted($0.name) }.joined()) FROM \(target.readings)
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY 1, 2
            """
        ) { row in
            rows.append(
                Row(
                    time: row[0].flatMap { Int64($0) } ?? .min,
                    metric: row[1].flatMap { Int($0) } ?? .max,
                    values: zip(columns, row.dropFirst(2)).map { Self.comparable($1, $0.type) }
                )
            )
        }
        return rows
    }

    private var target: PGTables { proof.target.tables }

    /// Numbers in one way of writing.
    private static func comparable(_ text: String?, _ type: PGType) -> String? {
        guard type == .double, let text, let number = Double(text) else { return text }
        return number.description
    }

    private func forEachExpectedRow(_ body: (Row) -> Void) {
        let plan = proof.target.plan
        let grid = plan.grid(ofSensor: sensor.index)
        let count = plan.rows.tickCount(ofSensor: sensor.index)
        var reader = SensorReader(plan, sensor: sensor)
        var twin = table.includesTwin ? (try? plan.healthyTwin()).map { SensorReader($0, sensor: sensor) } : nil
        var tick: Int64 = times.from.map { max(0, grid.firstTick(atOffset: $0 - grid.start.microseconds)) } ?? 0
        while tick < count {
            let ticks = tick..<min(count, tick + 4_096)
            let readings = reader.read(ticks)
            let healthy = twin?.read(ticks)
            for (index, tick) in ticks.enumerated() where !readings.isOmitted(index) {
                let time = grid.time(ofTick: tick).microseconds
                if let before = times.before, time >= before { return }
                let number = plan.rows.position(ofSensor: sensor.index, tick: tick) + 1
                let metrics = table.layout == .narrow ? table.schema.all.map { Optional($0) } : [nil]
                for metric in metrics {
                    let values = columns.map { column in
                        value(column, metric, index, readings, healthy, number)
                    }
                    body(Row(time: time, metric: (metric?.rawValue ?? 0) + 1, values: values))
                }
            }
            tick = ticks.upperBound
        }
    }

    private func value(
        _ column: PGTable.Column,
        _ metric: Metric?,
        _ index: Int,
        _ readings: SensorReader.Window,
        _ healthy: SensorReader.Window?,
        _ number: Int64
    ) -> String? {
        switch column.name {
        case "id": return String(number)
        case "status_code": return readings.isAnomalous(index) ? "1" : "0"
        case "anomaly_flag": return readings.isAnomalous(index) ? "t" : "f"
        case "anomaly_type": return readings.anomalyType(index)?.name
        case "synced": return "f"
        default: break
        }
        if let known = Column.metadata.firstIndex(where: { $0.name == column.name }) {
            return Self.comparable(sensor.metadata[known], column.type)
        }
        let isTwin = column.name.hasPrefix("clean_")
        let window = isTwin ? healthy : readings
        let name = isTwin ? String(column.name.dropFirst(6)) : column.name
        guard let metric = metric ?? table.schema[name].map({ Metric(rawValue: $0.index) }),
            let value = window?.value(metric, index)
        else { return nil }
        let states = table.schema[metric].states
        if metric.rawValue >= 0, name == "value", !states.isEmpty { return nil }
        if name == "state", states.isEmpty, table.layout == .narrow { return nil }
        return states.isEmpty ? value.description : states[Int(value)]
    }
}
