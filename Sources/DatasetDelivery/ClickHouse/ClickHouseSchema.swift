import DatasetFormats
import DatasetGen

/// The statements that create a table for readings.
struct ClickHouseSchema {
    private let target: ClickHouseTarget
    /// Columns with their types, those of a table of one's own.
    let columns: [(name: String, type: String)]

    /// That of a target; `isWhole` where the server knows whole seconds only, and no `LowCardinality`.
    init(_ target: ClickHouseTarget, isWhole: Bool) {
        self.target = target
        columns = target.output(isWhole: isWhole).nativeColumns
            .map { native in
                let isRepeated = native.storage == .string && native.column != .serialNumber && !isWhole
                return (native.column.name, isRepeated ? "LowCardinality(\(native.typeName))" : native.typeName)
            }
    }

    var statements: [String] {
        let lines = columns.map { "    \(ClickHouseClient.name($0.name)) \($0.type)" }
        return [
            "CREATE DATABASE IF NOT EXISTS \(ClickHouseClient.name(target.database))",
            """
            CREATE TABLE \(target.tableName)
            (
            \(lines.joined(separator: ",\n"))
            )
            ENGINE = MergeTree
            PARTITION BY toYYYYMM(timestamp)
            ORDER BY (sensor_id, timestamp)
            """,
        ]
    }

    /// A type without how its texts are stored.
    static func plain(_ type: String) -> String {
        type.hasPrefix("LowCardinality(") ? String(type.dropFirst(15).dropLast()) : type
    }
}

/// Creates or checks the table of a load.
struct ClickHousePreparation {
    private let target: ClickHouseTarget
    private let client: ClickHouseClient
    private let schema: ClickHouseSchema

    init(_ target: ClickHouseTarget, _ client: ClickHouseClient) {
        (self.target, self.client) = (target, client)
        schema = ClickHouseSchema(target, isWhole: target.isWhole)
    }

    private var grid: TickGrid { target.plan.recipe.grid }

    /// Makes the table ready for a load of its own, which a journal tells of.
    ///
    /// - Throws: ``DeliveryError`` where readings would be lost or mixed with others.
    func run(_ journal: LoadJournal) throws(DeliveryError) {
        if target.isWhole { try checkWholeSeconds() }
        let conditions = "database = \(ClickHouseClient.literal(target.database)) AND "
        let name = ClickHouseClient.literal(target.table)
        let isThere = try !client.rows("SELECT name FROM system.tables WHERE \(conditions)name = \(name)").isEmpty
        if isThere {
            let found = try client.rows("SELECT name, type FROM system.columns WHERE \(conditions)table = \(name)")
            guard target.options.ifExists == .replace,
                try target.options.drops(target.name, madeByLoad: try isMadeByLoad(found), isEmpty: isEmpty)
            else { return try check(found, journal) }
            try client.execute("DROP TABLE \(target.tableName)")
        }
        guard target.options.creates else {
            throw DeliveryError(
                .occupied,
                "\(target.name) is not there; --create auto creates it, --create print says how"
            )
        }
        for statement in schema.statements { try client.execute(statement) }
    }

    /// Whether a table has the columns of this load, or the make of any load's.
    private func isMadeByLoad(_ found: [[String]]) throws(DeliveryError) -> Bool {
        let types = Dictionary(found.map { ($0[0], ClickHouseSchema.plain($0[1])) }) { first, _ in first }
        let differing = schema.columns.filter { types[$0.name] != ClickHouseSchema.plain($0.type) }.map(\.name)
        if differing.isEmpty, types.count == schema.columns.count { return true }
        if ["id", "timestamp", "sensor_id"].contains(where: differing.contains) { return false }
        let statement = try creation()
        return statement.contains("PARTITION BY toYYYYMM(timestamp)")
            && statement.contains("ORDER BY (sensor_id, timestamp)")
    }

    /// The statement that creates the table that is there.
    private func creation() throws(DeliveryError) -> String {
        try client.rows("SHOW CREATE TABLE \(target.tableName)").first?.first ?? ""
    }

    private func isEmpty() throws(DeliveryError) -> Bool {
        try client.rows("SELECT 1 FROM \(target.tableName) LIMIT 1").isEmpty
    }

    /// Throws if times have parts of seconds, or are beyond what `DateTime` holds.
    private func checkWholeSeconds() throws(DeliveryError) {
        let range = Int64(0)...Int64(UInt32.max)
        let last = grid.time(ofTick: max(0, grid.tickCount - 1)).microseconds / 1_000_000
        guard range.contains(grid.start.microseconds / 1_000_000), range.contains(last),
            OutputParameters.points(of: target.plan.recipe).timestamps == .epochSeconds
        else {
            throw DeliveryError(
                .unstorable,
                "this server knows times in whole seconds from 1970 to 2106 only, and the readings have others; "
                    + "ClickHouse 20.5 knows microseconds"
            )
        }
    }

    private func check(_ found: [[String]], _ journal: LoadJournal) throws(DeliveryError) {
        for column in schema.columns {
            guard let other = found.first(where: { $0[0] == column.name }) else {
                throw DeliveryError(
                    .occupied,
                    "\(target.name) has no column \(column.name); it needs one of type \(column.type)"
                )
            }
            guard ClickHouseSchema.plain(other[1]) == ClickHouseSchema.plain(column.type) else {
                throw DeliveryError(
                    .occupied,
                    "the column \(column.name) of \(target.name) is \(other[1]); it must be \(column.type)"
                )
            }
        }
        let statement = try creation()
        if statement.contains(" TTL ") || statement.contains("\nTTL ") {
            throw DeliveryError(
                .unstorable,
                "\(target.name) has a TTL: it would drop readings; remove it before the load"
            )
        }
        if try isEmpty() { return }
        guard target.options.ifExists == .append else {
            throw journal.occupied(target.name, by: "rows")
        }
        let own = Set(target.plan.fleet.sensors.map(\.id))
        let sql =
            "SELECT DISTINCT sensor_id FROM \(target.tableName) WHERE "
            + ClickHouseClient.condition(target.times, isWhole: target.isWhole)
        if let sensor = try client.rows(sql).first(where: { own.contains($0[0]) }) {
            throw DeliveryError(
                .occupied,
                "\(target.name) has readings of sensor \(sensor[0].quoted) between \(grid.start.zonedText) and "
                    + "\(grid.end.zonedText) already, which could not be told apart from these"
            )
        }
    }
}
