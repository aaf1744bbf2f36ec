import DatasetFormats
import DatasetGen

/// The table of events beside that of the readings.
struct ClickHouseEvents: EventStore {
    private let target: ClickHouseTarget
    private let client: ClickHouseClient
    private let isWhole: Bool
    private let table: String

    /// That of a target; `isWhole` where the server knows whole seconds only.
    init(_ target: ClickHouseTarget, _ client: ClickHouseClient) {
        (self.target, self.client, isWhole) = (target, client, target.isWhole)
        table = target.table + "_events"
    }

    var plan: GenerationPlan { target.plan }
    var options: TargetOptions { target.options }
    var name: String { "the table \(target.database.quoted).\(table.quoted)" }
    var columns: [(name: String, type: String)] { Self.columns(of: plan.recipe, isWhole: isWhole) }
    private var tableName: String { Self.tableName(target) }

    private static func tableName(_ target: ClickHouseTarget) -> String {
        ClickHouseClient.name(target.database) + "." + ClickHouseClient.name(target.table + "_events")
    }

    private static func columns(of recipe: Recipe, isWhole: Bool) -> [(name: String, type: String)] {
        EventList.columns(of: recipe)
            .map { column in
                let type =
                    switch column.kind {
                    case .integer: "UInt64"
                    case .time: isWhole ? "DateTime('UTC')" : "DateTime64(6, 'UTC')"
                    case .decimal: "Float64"
                    case .text: "String"
                    case .flag: "UInt8"
                    }
                return (column.name, column.isRequired ? type : "Nullable(\(type))")
            }
    }

    /// The statement that creates the table of a target.
    static func creation(_ target: ClickHouseTarget, isWhole: Bool) -> String {
        let columns = columns(of: target.plan.recipe, isWhole: isWhole)
        let lines = columns.map { "    \(ClickHouseClient.name($0.name)) \($0.type)" }
        return """
            CREATE TABLE \(tableName(target))
            (
            \(lines.joined(separator: ",\n"))
            )
            ENGINE = MergeTree
            ORDER BY (sensor_id, start)
            """
    }

    func storedColumns() throws(DeliveryError) -> [String: String]? {
        let rows = try client.rows(
            "SELECT name, type FROM system.columns WHERE database = \(ClickHouseClient.literal(target.database)) "
                + "AND table = \(ClickHouseClient.literal(table))"
        )
        return rows.isEmpty ? nil : Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
    }

    func create() throws(DeliveryError) {
        guard options.creates else {
            throw DeliveryError(.occupied, "\(name) is not there; --create auto creates it, --create print says how")
        }
        try client.execute(Self.creation(target, isWhole: isWhole))
    }

    func drop() throws(DeliveryError) { try client.execute("DROP TABLE \(tableName)") }

    func holdsEvents(ofLoad isOwn: Bool) throws(DeliveryError) -> Bool {
        try !client.rows("SELECT 1 FROM \(tableName) WHERE \(isOwn ? condition : "1") LIMIT 1").isEmpty
    }

    func store(_ events: EventList) throws(DeliveryError) {
        if events.rows.isEmpty { return }
        let queryID = target.queryID + "-events"
        // An attempt whose answer was lost may still be at work.
        try client.waitForEnd(of: queryID)
        let count = try client.rows("SELECT count() FROM \(tableName) WHERE \(condition)").first?.first ?? ""
        if count == String(events.rows.count) { return }
        guard count == "0" else {
            throw DeliveryError(
                .refused,
                "\(name) has \(count) of \(events.rows.count) events; delete these, then --resume sends them again"
            )
        }
        var rows: [UInt8] = []
        for row in events.rows {
            for (column, value) in zip(events.columns, row.values) { append(value, column, to: &rows) }
        }
        let names = columns.map { ClickHouseClient.name($0.name) }.joined(separator: ", ")
        let answer = try client.session.post(
            [rows],
            to: "/",
            [
                ("query", "INSERT INTO \(tableName) (\(names)) FORMAT RowBinary"), ("query_id", queryID),
                // All of it becomes one part, which is there or not.
                ("max_insert_block_size", String(max(1_048_576, events.rows.count))),
            ],
            isRepeatable: false
        )
        guard answer.isSuccess else { throw client.refusal(answer) }
    }

    func stored() throws(DeliveryError) -> [[String?]] {
        let fields = columns.map { column in
            let name = ClickHouseClient.name(column.name)
            guard column.type.hasPrefix("DateTime") else { return name }
            return ClickHouseClient.microseconds(isWhole: isWhole, column: name)
        }
        return try client.rows("SELECT \(fields.joined(separator: ", ")) FROM \(tableName) WHERE \(condition)")
            .map { row in row.map { $0 == "\\N" ? nil : $0 } }
    }

    /// That an event is one of this load.
    private var condition: String {
        let names = plan.fleet.sensors.map { ClickHouseClient.literal($0.id) }.joined(separator: ", ")
        return ClickHouseClient.condition(times, isWhole: isWhole, column: "start") + " AND sensor_id IN (\(names))"
    }

    /// Appends a value in the format RowBinary: servers read decimal numbers from text with errors in their last digits.
    private func append(_ value: TableValue, _ column: EventList.Column, to bytes: inout [UInt8]) {
        if !column.isRequired { bytes.append(value.isNull ? 1 : 0) }
        switch value {
        case .null: break
        case .integer(let number) where column.kind == .flag: bytes.append(UInt8(truncatingIfNeeded: number))
        case .integer(let number): Self.append(UInt64(bitPattern: number), to: &bytes)
        case .decimal(let number): Self.append(number.double.bitPattern, to: &bytes)
        case .time(let time, _):
            let microseconds = time.microseconds
            if isWhole {
                Self.append(UInt32(truncatingIfNeeded: microseconds / 1_000_000), to: &bytes)
            } else {
                Self.append(UInt64(bitPattern: microseconds), to: &bytes)
            }
        case .text(let text):
            var length = text.utf8.count
            while length >= 128 {
                bytes.append(UInt8(truncatingIfNeeded: length) | 128)
                length >>= 7
            }
            bytes.append(UInt8(length))
            bytes += text.utf8
        }
    }

    private static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> Number(shift)))
        }
    }
}

extension TableValue {
    fileprivate var isNull: Bool {
        if case .null = self { true } else { false }
    }
}
