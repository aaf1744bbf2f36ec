import DatasetFormats
import DatasetGen

/// The table of events beside that of the readings, which knows events by sensor and start: what is sent again replaces itself.
struct QuestDBEvents: EventStore {
    private let target: QuestDBTarget
    private let client: QuestDBClient
    private let table: String

    init(_ target: QuestDBTarget, _ client: QuestDBClient) {
        (self.target, self.client) = (target, client)
        table = target.points.measurement + "_events"
    }

    var plan: GenerationPlan { target.plan }
    var options: TargetOptions { target.options }
    var name: String { "the table \(table.quoted)" }
    var columns: [(name: String, type: String)] { Self.columns(of: plan.recipe) }

    /// The start of an event is the table's `timestamp`.
    private static func columns(of recipe: Recipe) -> [(name: String, type: String)] {
        EventList.columns(of: recipe).filter { $0.name != "start" }
            .map { column in
                switch column.kind {
                case .integer, .flag: (column.name, "LONG")
                case .time: (column.name, "TIMESTAMP")
                case .decimal: (column.name, "DOUBLE")
                case .text: (column.name, column.name == "sensor_id" ? "SYMBOL" : "VARCHAR")
                }
            } + [("timestamp", "TIMESTAMP")]
    }

    /// The statement that creates the table of a target.
    static func creation(_ target: QuestDBTarget) -> String {
        let lines = columns(of: target.plan.recipe)
            .map { column in
                column.name == "timestamp"
                    ? "    timestamp TIMESTAMP" : "    \(QuestDBClient.name(column.name)) \(column.type)"
            }
        return """
            CREATE TABLE IF NOT EXISTS \(QuestDBClient.name(target.points.measurement + "_events")) (
            \(lines.joined(separator: ",\n"))
            ) TIMESTAMP(timestamp) PARTITION BY MONTH WAL
            DEDUP UPSERT KEYS(timestamp, sensor_id)
            """
    }

    func storedColumns() throws(DeliveryError) -> [String: String]? {
        guard try client.isTable(table) else { return nil }
        let rows = try client.rows("SELECT \"column\", type FROM table_columns(\(QuestDBClient.literal(table)))")
        return Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
    }

    func create() throws(DeliveryError) {
        guard options.creates else {
            throw DeliveryError(.occupied, "\(name) is not there; --create auto creates it, --create print says how")
        }
        try client.execute(Self.creation(target))
    }

    func drop() throws(DeliveryError) { try client.execute("DROP TABLE \(QuestDBClient.name(table))") }

    func holdsEvents(ofLoad isOwn: Bool) throws(DeliveryError) -> Bool {
        let condition = isOwn ? " WHERE \(QuestDBClient.condition(times))" : ""
        let own = Set(plan.fleet.sensors.map(\.id))
        return try client.rows("SELECT DISTINCT sensor_id FROM \(QuestDBClient.name(table))\(condition)")
            .contains { !isOwn || own.contains($0[0]) }
    }

    func store(_ events: EventList) throws(DeliveryError) {
        try EventLines(measurement: table, timestamps: .epochMicroseconds, timeSuffix: "t")
            .send(events, over: client.session, to: "/write", [("precision", "u")])
    }

    func stored() throws(DeliveryError) -> [[String?]] {
        try client.settle(table)
        let fields = EventList.columns(of: plan.recipe)
            .map { column in
                let name = column.name == "start" ? "timestamp" : QuestDBClient.name(column.name)
                return column.kind == .time ? "cast(\(name) AS LONG)" : name
            }
        let own = Set(plan.fleet.sensors.map(\.id))
        let sql =
            "SELECT \(fields.joined(separator: ", ")) FROM \(QuestDBClient.name(table)) "
            + "WHERE \(QuestDBClient.condition(times))"
        return try client.rows(sql).filter { own.contains($0[1]) }
            .map { row in row.map { $0.isEmpty ? nil : $0 } }
    }
}
