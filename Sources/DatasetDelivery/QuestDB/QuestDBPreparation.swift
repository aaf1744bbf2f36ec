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
        let isThere = try client.isTable(table)
        if isThere, target.options.ifExists == .replace {
            try client.execute("DROP TABLE \(QuestDBClient.name(table))")
        } else if isThere {
            return try check(client, journal)
        }
        guard target.options.creates else {
            throw DeliveryError(
                .occupied,
                "\(target.name) is not there; --create auto creates it, --create print says how"
            )
        }
        try client.execute(creation)
    }

    private func check(_ client: QuestDBClient, _ journal: LoadJournal) throws(DeliveryError) {
        let found = try client.rows("SELECT \"column\", type FROM table_columns(\(QuestDBClient.literal(table)))")
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
        let state = try client.rows("SELECT dedup FROM tables() WHERE table_name = \(QuestDBClient.literal(table))")
        guard state.first?.first == "true" else {
            throw DeliveryError(
                .occupied,
                "\(target.name) keeps what comes twice; ALTER TABLE \(table) DEDUP ENABLE UPSERT KEYS(timestamp, sensor_id) "
                    + "makes it safe to send again"
            )
        }
        guard try !client.rows("SELECT timestamp FROM \(QuestDBClient.name(table)) LIMIT 1").isEmpty else { return }
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
