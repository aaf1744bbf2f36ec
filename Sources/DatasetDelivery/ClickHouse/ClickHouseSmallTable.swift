import DatasetFormats
import DatasetGen

/// The table of events or of phenomena beside that of the readings.
struct ClickHouseSmallTable: SmallTableStore {
    let kind: SmallTable.Kind
    private let target: ClickHouseTarget
    private let client: ClickHouseClient
    private let isWhole: Bool
    private let table: String

    /// That of a target; `isWhole` where the server knows whole seconds only.
    init(_ kind: SmallTable.Kind, _ target: ClickHouseTarget, _ client: ClickHouseClient) {
        (self.kind, self.target, self.client, isWhole) = (kind, target, client, target.isWhole)
        table = target.table + kind.suffix
    }

    var plan: GenerationPlan { target.plan }
    var options: TargetOptions { target.options }
    var name: String { "the table \(target.database.quoted).\(table.quoted)" }
    var columns: [(name: String, type: String)] { Self.columns(of: kind, plan.recipe, isWhole: isWhole) }
    private var tableName: String { Self.tableName(kind, target) }

    private static func tableName(_ kind: SmallTable.Kind, _ target: ClickHouseTarget) -> String {
        ClickHouseClient.name(target.database) + "." + ClickHouseClient.name(target.table + kind.suffix)
    }

    private static func columns(
        of kind: SmallTable.Kind,
        _ recipe: Recipe,
        isWhole: Bool
    ) -> [(name: String, type: String)] {
        SmallTable.columns(of: kind, recipe)
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
    static func creation(_ kind: SmallTable.Kind, _ target: ClickHouseTarget, isWhole: Bool) -> String {
        let columns = columns(of: kind, target.plan.recipe, isWhole: isWhole)
        let lines = columns.map { "    \(ClickHouseClient.name($0.name)) \($0.type)" }
        return """
            CREATE TABLE \(tableName(kind, target))
            (
            \(lines.joined(separator: ",\n"))
            )
            ENGINE = MergeTree
            ORDER BY (\(kind == .events ? "sensor_id" : "phenomenon, location"), start)
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
        try client.execute(Self.creation(kind, target, isWhole: isWhole))
    }

    func drop() throws(DeliveryError) {
        guard options.creates else { throw DeliveryError.neverReplaced(name) }
        try client.execute("DROP TABLE \(tableName)")
    }

    func holdsRows(ofLoad isOwn: Bool) throws(DeliveryError) -> Bool {
        try !client.rows("SELECT 1 FROM \(tableName) WHERE \(isOwn ? ownCondition : "1") LIMIT 1").isEmpty
    }

    func store(_ table: SmallTable) throws(DeliveryError) {
        if table.rows.isEmpty { return }
        let queryID = target.queryID + "-" + kind.rawValue
        // An attempt whose answer was lost may still be at work.
        try client.waitForEnd(of: queryID)
        let lacking = try lacking(of: table)
        if lacking.rows.isEmpty { return }
        var rows: [UInt8] = []
        for row in lacking.rows {
            for (column, value) in zip(table.columns, row.values) { append(value, column, to: &rows) }
        }
        let names = columns.map { ClickHouseClient.name($0.name) }.joined(separator: ", ")
        let answer = try client.session.post(
            [rows],
            to: "/",
            [
                ("query", "INSERT INTO \(tableName) (\(names)) FORMAT RowBinary"), ("query_id", queryID),
                // All of it becomes one part, which is there or not.
                ("max_insert_block_size", String(max(1_048_576, lacking.rows.count))),
            ],
            isRepeatable: false
        )
        guard answer.isSuccess else { throw client.refusal(answer) }
    }

    /// What is still to be sent: all of it or nothing, but for phenomena of a city, which another load may have brought.
    private func lacking(of table: SmallTable) throws(DeliveryError) -> SmallTable {
        guard kind == .events else {
            return SmallTableComparison(table, stored: try stored(), isAlone: false).missing
        }
        let count = try client.rows("SELECT count() FROM \(tableName) WHERE \(condition)").first?.first ?? ""
        if count == String(table.rows.count) { return table.filter { _ in false } }
        guard count == "0" else {
            throw DeliveryError(
                .refused,
                "\(name) has \(count) of \(table.rows.count) events; delete these, then --resume sends them again"
            )
        }
        return table
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

    private var isInTime: String { ClickHouseClient.condition(times, isWhole: isWhole, column: "start") }

    private var isOfSensors: String {
        "sensor_id IN (\(plan.fleet.sensors.map { ClickHouseClient.literal($0.id) }.joined(separator: ", ")))"
    }

    /// That a row is of a sensor of this load.
    private var ownCondition: String { isInTime + " AND " + isOfSensors }

    /// That a row is of a sensor of this load, or of one of its cities.
    private var condition: String {
        if kind == .events { return ownCondition }
        let places = plan.placeNames.sorted().map(ClickHouseClient.literal).joined(separator: ", ")
        return isInTime + " AND (\(isOfSensors) OR (sensor_id IS NULL AND location IN (\(places))))"
    }

    /// Appends a value in the format RowBinary: servers read decimal numbers from text with errors in their last digits.
    private func append(_ value: TableValue, _ column: SmallTable.Column, to bytes: inout [UInt8]) {
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
