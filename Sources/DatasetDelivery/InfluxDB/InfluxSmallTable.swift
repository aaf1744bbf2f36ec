import DatasetFormats
import DatasetGen

/// The measurement of events or of phenomena beside that of the readings: a point at the start of each.
struct InfluxSmallTable: SmallTableStore {
    let kind: SmallTable.Kind
    private let target: InfluxTarget
    private let client: InfluxClient
    private let measurement: String

    init(_ kind: SmallTable.Kind, _ target: InfluxTarget, _ client: InfluxClient) {
        (self.kind, self.target, self.client) = (kind, target, client)
        measurement = target.points.measurement + kind.suffix
    }

    var plan: GenerationPlan { target.plan }
    var options: TargetOptions { target.options }
    var name: String { "the measurement \(measurement.quoted)" }

    /// The fields: what recurs is a tag, and the start the time of the point.
    var columns: [(name: String, type: String)] {
        SmallTable.columns(of: kind, plan.recipe).filter { !kind.tags.contains($0.name) && $0.name != "start" }
            .map { column in
                switch column.kind {
                case .integer, .time, .flag: (column.name, "integer")
                case .decimal: (column.name, "float")
                case .text: (column.name, "string")
                }
            }
    }

    /// Fields of which no event has a value are not there.
    func storedColumns() throws(DeliveryError) -> [String: String]? {
        let rows = try client.query(["SHOW FIELD KEYS FROM \(InfluxAPI.name(measurement))"])[0].flatMap(\.rows)
        if rows.isEmpty { return nil }
        var found = Dictionary(columns.filter { isOptional($0.name) }.map { ($0.name, $0.type) }) { first, _ in first }
        for row in rows {
            if let name = row.first?.stringValue, let type = row.last?.stringValue { found[name] = type }
        }
        return found
    }

    private func isOptional(_ name: String) -> Bool {
        SmallTable.columns(of: kind, plan.recipe).contains { $0.name == name && !$0.isRequired }
    }

    /// Measurements need not be created.
    func create() {}

    func drop() throws(DeliveryError) { try InfluxPreparation(target).drop(measurement, client) }

    func holdsRows(ofLoad isOwn: Bool) throws(DeliveryError) -> Bool {
        let condition = isOwn ? " WHERE \(InfluxAPI.condition(times))" : ""
        let found =
            try
            client.query([
                "SELECT count(\"\(kind.key)\") FROM \(InfluxAPI.name(measurement))\(condition) GROUP BY \"sensor_id\""
            ])[0]
        guard isOwn else { return !found.isEmpty }
        let own = Set(plan.fleet.sensors.map(\.id))
        return found.contains { own.contains($0["sensor_id"] ?? "") }
    }

    func store(_ table: SmallTable) throws(DeliveryError) {
        let timestamps = target.points.output.parameters.timestamps
        let (path, query) = target.api.write(timestamps)
        try SmallTableLines(measurement: measurement, timestamps: timestamps, timeSuffix: "i")
            .send(table, over: client.session, to: path, query)
    }

    func stored() throws(DeliveryError) -> [[String?]] {
        // Of names that are no fields yet the answer has no values.
        let columns = SmallTable.columns(of: kind, plan.recipe)
        let names = columns.map(\.name).filter { $0 != "start" }
        let start = columns.firstIndex { $0.name == "start" } ?? 0
        let own = OwnRows(columns, of: plan)
        let sql =
            "SELECT \(names.map(InfluxAPI.name).joined(separator: ", ")) FROM \(InfluxAPI.name(measurement)) "
            + "WHERE \(InfluxAPI.condition(times))"
        var rows: [[String?]] = []
        try client.forEachRow(sql) { bytes, fields in
            let texts = fields.map { StoredNumber.string(bytes.extracting($0)) }
            // Behind the name of the measurement and its tags stands the time.
            var row = texts.dropFirst(3).map { $0.isEmpty ? nil : Optional($0) }
            row.insert(texts[2], at: start)
            if own.contains(row) { rows.append(row) }
        }
        return rows
    }
}
