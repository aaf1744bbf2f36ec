import DatasetFormats
import DatasetGen

/// The declarations of a load's tables.
struct PGSchema: Sendable {
    let table: PGTable
    let tables: PGTables
    /// Whether the table of readings is one of TimescaleDB.
    let isHypertable: Bool
    /// Columns of the table of sensors behind number and name.
    let sensorColumns: [TableColumn<Sensor>]

    init(_ plan: GenerationPlan, table: PGTable, tables: PGTables, isHypertable: Bool) {
        (self.table, self.tables, self.isHypertable) = (table, tables, isHypertable)
        sensorColumns = [TableColumn<Sensor>].sensors(of: plan.recipe).filter { $0.name != "sensor_id" }
    }

    /// The columns of the table of sensors.
    var sensorTable: [PGTable.Column] {
        [PGTable.Column("sensor_id", .integer, isRequired: true), PGTable.Column("name", .text, isRequired: true)]
            + sensorColumns.map { PGTable.Column($0.name, $0.sqlType == "REAL" ? .double : .text) }
    }

    /// The statements that create the tables of readings and sensors.
    var statements: [String] {
        (table.layout.hasSensorTable ? [Self.declaration(tables.sensors, sensorTable, keys: true)] : [])
            + [Self.declaration(tables.readings, table.columns, keys: false)]
    }

    /// The statements that create the tables in which loads are noted, unless they are there.
    var ledgerStatements: [String] {
        [
            """
            CREATE TABLE IF NOT EXISTS \(tables.loads) (
                load_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                table_name text NOT NULL,
                dataset text NOT NULL,
                layout text NOT NULL,
                labels text NOT NULL,
                recipe_sha256 text NOT NULL,
                recipe text NOT NULL,
                generator_version text NOT NULL,
                readings bigint NOT NULL,
                blocks bigint NOT NULL,
                owns_table boolean NOT NULL,
                begun timestamp with time zone NOT NULL DEFAULT now(),
                loaded timestamp with time zone,
                proven timestamp with time zone,
                proof text
            )
            """,
            """
            CREATE TABLE IF NOT EXISTS \(tables.blocks) (
                load_id bigint NOT NULL,
                block bigint NOT NULL,
                PRIMARY KEY (load_id, block)
            )
            """,
        ]
    }

    /// The statement that makes numbers of sensors refer to them, when all readings are there.
    ///
    /// A hypertable that is compressed takes no constraint any more.
    var reference: String? {
        guard table.layout.hasSensorTable, !isHypertable else { return nil }
        return "ALTER TABLE \(tables.readings) ADD FOREIGN KEY (sensor_id) REFERENCES \(tables.sensors) (sensor_id)"
    }

    /// All statements as a script, with those of small tables beside the readings.
    func script(small tables: [String]) -> String {
        let options = isHypertable ? PGHypertable.options(table) : ""
        return
            (statements.dropLast() + [statements[statements.count - 1] + options] + tables + ledgerStatements)
            .map { $0 + ";\n" }.joined(separator: "\n")
            + (reference.map { "\n-- When the readings are loaded:\n" + $0 + ";\n" } ?? "")
    }

    /// The names of columns in a list.
    static func list(_ columns: [PGTable.Column]) -> String {
        columns.map { PGName.quoted($0.name) }.joined(separator: ", ")
    }

    /// The statement that creates a table.
    static func declaration(_ name: String, _ columns: [PGTable.Column], keys: Bool) -> String {
        let lines = columns.map { column in
            let key =
                !keys ? "" : column.name == "sensor_id" ? " PRIMARY KEY" : column.name == "name" ? " UNIQUE" : ""
            return
                "    \(PGName.quoted(column.name)) \(column.type.rawValue)\(column.isRequired ? " NOT NULL" : "")\(key)"
        }
        return "CREATE TABLE \(name) (\n" + lines.joined(separator: ",\n") + "\n)"
    }

    /// Throws unless the readings can be stored under the names of the columns, and texts in PostgreSQL.
    func check(_ plan: GenerationPlan) throws(DeliveryError) {
        var names: Set<String> = []
        for column in table.columns where !names.insert(column.name).inserted {
            throw DeliveryError(
                .unstorable,
                "two columns of the layout \(table.layout.rawValue) are called \(column.name); rename the metric, or "
                    + "take another --layout"
            )
        }
        try checkNamesOfMetrics()
        for sensor in plan.fleet.sensors {
            for text in [sensor.id] + sensor.metadata.compactMap({ $0 }) where text.utf8.contains(0) {
                throw DeliveryError(
                    .unstorable,
                    "\(text.quoted) of sensor \(sensor.index + 1) (\(sensor.id.quoted)) has a NUL character, which "
                        + "PostgreSQL cannot store"
                )
            }
            for column in sensorColumns {
                if case .text(let text) = column.value(sensor), text.utf8.contains(0) {
                    throw DeliveryError(
                        .unstorable,
                        "\(column.name) of sensor \(sensor.id.quoted) has a NUL character, which PostgreSQL cannot store"
                    )
                }
            }
        }
        for metric in table.schema.metrics {
            if let state = metric.states.first(where: { $0.utf8.contains(0) }) {
                throw DeliveryError(
                    .unstorable,
                    "the state \(state.quoted) of \(metric.name) has a NUL character, which PostgreSQL cannot store"
                )
            }
        }
    }

    /// The columns of a table that is there: name, type, and whether it must be filled.
    static func stored(_ name: String, on connection: PGConnection) throws(DeliveryError) -> [[String?]] {
        try connection.rows(
            """
            SELECT attname, format_type(atttypid, atttypmod), attnotnull AND NOT atthasdef AND attidentity = ''
            FROM pg_attribute WHERE attrelid = \(PGName.literal(name))::regclass AND attnum > 0 AND NOT attisdropped
            """
        )
    }

    /// Throws unless a table has the columns, with their types, and no others that must be filled.
    func check(
        _ name: String,
        _ columns: [PGTable.Column],
        on connection: PGConnection
    ) throws(DeliveryError) {
        let found = try Self.stored(name, on: connection)
        for column in columns {
            guard let match = found.first(where: { $0[0] == column.name }) else {
                throw DeliveryError(
                    .occupied,
                    "the table \(name) has no column \(column.name); it needs one of type \(column.type.rawValue)"
                )
            }
            guard match[1] == column.type.rawValue else {
                throw DeliveryError(
                    .occupied,
                    "the column \(column.name) of the table \(name) is \(match[1] ?? ""); it must be "
                        + column.type.rawValue
                )
            }
        }
        for other in found where other[2] == "t" && !columns.contains(where: { $0.name == other[0] }) {
            throw DeliveryError(
                .occupied,
                "the column \(other[0] ?? "") of the table \(name) is NOT NULL without a default, and readings have no "
                    + "such value"
            )
        }
    }
}
