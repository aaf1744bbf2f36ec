import DatasetFormats
import DatasetGen

/// Creates or checks the table of a load.
struct QuestDBPreparation {
    private let target: QuestDBTarget
    private let table: String

    init(_ target: QuestDBTarget) {
        self.target = target
        table = target.points.measurement
    }

    private var grid: TickGrid { target.plan.recipe.grid }

    /// The columns besides that of times, with their types.
    private var columns: [(name: String, type: String)] {
        let metrics = target.plan.recipe.schema.metrics
        func columns(_ prefix: String) -> [(name: String, type: String)] {
            metrics.map { (prefix + $0.name, $0.states.isEmpty ? "DOUBLE" : "VARCHAR") }
        }
        return target.points.tags.map { ($0.name, "SYMBOL") } + columns("")
            + (target.usesTwin ? columns("clean_") : [])
            + (target.usesLabels ? [("anomaly_flag", "LONG"), ("anomaly_type", "VARCHAR")] : [])
            + (target.usesArrivals ? [(Column.arrivalTime.name, "LONG")] : [])
    }

    /// The statement that creates the table.
    var creation: String {
        let days = (grid.end.microseconds - grid.start.microseconds) / 86_400_000_000
        let sensors = max(256, target.plan.fleet.sensors.count)
        let lines = columns.map { column in
            let capacity = column.name == Column.sensorID.name ? " CAPACITY \(sensors)" : ""
            return "    \(QuestDBClient.name(column.name)) \(column.type)\(capacity)"
        }
        return """
            CREATE TABLE IF NOT EXISTS \(QuestDBClient.name(table)) (
            \(lines.joined(separator: ",\n")),
                timestamp TIMESTAMP
            ) TIMESTAMP(timestamp) PARTITION BY \(days > 400 ? "MONTH" : "DAY") WAL
            DEDUP UPSERT KEYS(timestamp, sensor_id)
            """
    }

    /// Makes the table ready for a load of its own, which a journal tells of.
    ///
    /// - Throws: ``DeliveryError`` where readings would be lost or mixed with others.
    func run(_ journal: LoadJournal) throws(DeliveryError) {
        let client = try target.client()
        if try client.isTable(table) {
            let found = try client.rows("SELECT \"column\", type FROM table_columns(\(QuestDBClient.literal(table)))")
            guard target.options.ifExists == .replace,
                try target.options.drops(
                    target.name,
                    madeByLoad: try isDeduplicated(client) && isMadeByLoad(found),
                    isEmpty: { () throws(DeliveryError) in try isEmpty(client) }
                )
            else { return try check(found, client, journal) }
            try client.execute("DROP TABLE \(QuestDBClient.name(table))")
        }
        guard target.options.creates else {
            throw DeliveryError(
                .occupied,
                "\(target.name) is not there; --create auto creates it, --create print says how"
            )
        }
        try client.execute(creation)
    }

    /// Whether a table has no columns but such as loads give it, whatever their metrics, tags and labels.
    private func isMadeByLoad(_ found: [[String]]) -> Bool {
        let tags = Set(PointText.tagColumns.map(\.name))
        let numbers = ["anomaly_flag", Column.arrivalTime.name]
        let names = found.map { $0[0] }
        return names.contains("timestamp") && names.contains(Column.sensorID.name)
            && found.allSatisfy { column in
                switch column[1] {
                case "SYMBOL": tags.contains(column[0])
                case "TIMESTAMP": column[0] == "timestamp"
                case "LONG": numbers.contains(column[0])
                default: ["DOUBLE", "VARCHAR"].contains(column[1])
                }
            }
    }

    /// Whether what comes twice is there once.
    private func isDeduplicated(_ client: QuestDBClient) throws(DeliveryError) -> Bool {
        let state = try client.rows("SELECT dedup FROM tables() WHERE table_name = \(QuestDBClient.literal(table))")
        return state.first?.first == "true"
    }

    private func isEmpty(_ client: QuestDBClient) throws(DeliveryError) -> Bool {
        try client.rows("SELECT timestamp FROM \(QuestDBClient.name(table)) LIMIT 1").isEmpty
    }

    private func check(
        _ found: [[String]],
        _ client: QuestDBClient,
        _ journal: LoadJournal
    ) throws(DeliveryError) {
        for column in columns + [("timestamp", "TIMESTAMP")] {
            guard let other = found.first(where: { $0[0] == column.name }) else {
                throw DeliveryError(
                    .occupied,
                    "\(target.name) has no column \(column.name); it needs one of type \(column.type)"
                )
            }
            guard other[1] == column.type else {
                throw DeliveryError(
                    .occupied,
                    "the column \(column.name) of \(target.name) is \(other[1]); it must be \(column.type)"
                )
            }
        }
        guard try isDeduplicated(client) else {
            throw DeliveryError(
                .occupied,
                "\(target.name) keeps what comes twice; ALTER TABLE \(table) DEDUP ENABLE UPSERT KEYS(timestamp, sensor_id) "
                    + "makes it safe to send again"
            )
        }
        if try isEmpty(client) { return }
        guard target.options.ifExists == .append else {
            throw journal.occupied(target.name, by: "rows")
        }
        let own = Set(target.plan.fleet.sensors.map(\.id))
        let sql =
            "SELECT DISTINCT sensor_id FROM \(QuestDBClient.name(table)) WHERE "
            + QuestDBClient.condition(target.times)
        if let sensor = try client.rows(sql).first(where: { own.contains($0[0]) }) {
            throw DeliveryError(
                .occupied,
                "\(target.name) has readings of sensor \(sensor[0].quoted) between \(grid.start.zonedText) and "
                    + "\(grid.end.zonedText) already, which would be replaced"
            )
        }
    }
}
