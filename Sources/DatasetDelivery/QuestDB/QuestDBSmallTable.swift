import DatasetFormats
import DatasetGen

/// The table of events or of phenomena beside that of the readings, which knows rows by their start, and by sensor or place: what is
/// sent again replaces itself.
struct QuestDBSmallTable: SmallTableStore {
    let kind: SmallTable.Kind
    private let target: QuestDBTarget
    private let client: QuestDBClient
    private let table: String

    init(_ kind: SmallTable.Kind, _ target: QuestDBTarget, _ client: QuestDBClient) {
        (self.kind, self.target, self.client) = (kind, target, client)
        table = target.points.measurement + kind.suffix
    }

    var plan: GenerationPlan { target.plan }
    var options: TargetOptions { target.options }
    var name: String { "the table \(table.quoted)" }
    var columns: [(name: String, type: String)] { Self.columns(of: kind, plan.recipe) }

    /// The start of a row is the table's `timestamp`.
    private static func columns(of kind: SmallTable.Kind, _ recipe: Recipe) -> [(name: String, type: String)] {
        SmallTable.columns(of: kind, recipe).filter { $0.name != "start" }
            .map { column in
                switch column.kind {
                case .integer, .flag: (column.name, "LONG")
                case .time: (column.name, "TIMESTAMP")
                case .decimal: (column.name, "DOUBLE")
                case .text: (column.name, kind.tags.contains(column.name) ? "SYMBOL" : "VARCHAR")
                }
            } + [("timestamp", "TIMESTAMP")]
    }

    /// The statement that creates the table of a target.
    static func creation(_ kind: SmallTable.Kind, _ target: QuestDBTarget) -> String {
        let lines = columns(of: kind, target.plan.recipe)
            .map { column in
                column.name == "timestamp"
                    ? "    timestamp TIMESTAMP" : "    \(QuestDBClient.name(column.name)) \(column.type)"
            }
        return """
            CREATE TABLE IF NOT EXISTS \(QuestDBClient.name(target.points.measurement + kind.suffix)) (
            \(lines.joined(separator: ",\n"))
            ) TIMESTAMP(timestamp) PARTITION BY MONTH WAL
            DEDUP UPSERT KEYS(timestamp, \(kind.tags.joined(separator: ", ")))
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
        try client.execute(Self.creation(kind, target))
    }

    func drop() throws(DeliveryError) {
        guard options.creates else { throw DeliveryError.neverReplaced(name) }
        try client.execute("DROP TABLE \(QuestDBClient.name(table))")
    }

    func holdsRows(ofLoad isOwn: Bool) throws(DeliveryError) -> Bool {
        let condition = isOwn ? " WHERE \(QuestDBClient.condition(times))" : ""
        let own = Set(plan.fleet.sensors.map(\.id))
        return try client.rows("SELECT DISTINCT sensor_id FROM \(QuestDBClient.name(table))\(condition)")
            .contains { !isOwn || own.contains($0[0]) }
    }

    func store(_ table: SmallTable) throws(DeliveryError) {
        try SmallTableLines(measurement: self.table, timestamps: .epochMicroseconds, timeSuffix: "t")
            .send(table, over: client.session, to: "/write", [("precision", "u")])
    }

    func stored() throws(DeliveryError) -> [[String?]] {
        try client.settle(table)
        let columns = SmallTable.columns(of: kind, plan.recipe)
        let fields =
            columns
            .map { column in
                let name = column.name == "start" ? "timestamp" : QuestDBClient.name(column.name)
                return column.kind == .time ? "cast(\(name) AS LONG)" : name
            }
        let own = OwnRows(columns, of: plan)
        let sql =
            "SELECT \(fields.joined(separator: ", ")) FROM \(QuestDBClient.name(table)) "
            + "WHERE \(QuestDBClient.condition(times))"
        return try client.rows(sql).map { row in row.map { $0.isEmpty ? nil : $0 } }.filter(own.contains)
    }
}
