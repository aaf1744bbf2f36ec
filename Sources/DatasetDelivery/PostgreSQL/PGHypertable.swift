import DatasetFormats
import DatasetGen

/// The table of readings as a hypertable of TimescaleDB.
///
/// Sources: TimescaleDB's documentation, `CREATE TABLE` (from 2.20 on with its options), `create_hypertable`,
/// `timescaledb_information.hypertables` and `.jobs`.
struct PGHypertable {
    private let target: PGTarget

    /// That of a target; nil where the table is an ordinary one.
    init?(_ target: PGTarget) {
        guard target.isHypertable else { return nil }
        self.target = target
    }

    private var table: String { target.tables.readings }
    private var time: String { target.table.timeColumn }

    /// What makes a table a hypertable when it is created, behind its columns.
    ///
    /// Rows of a sensor are kept together, the newest first, once the server compresses them.
    static func options(_ table: PGTable) -> String {
        let time = PGName.literal(table.timeColumn)
        let order = PGName.literal("\(PGName.quoted(table.timeColumn)) DESC")
        return """
             WITH (
                tsdb.hypertable,
                tsdb.partition_column = \(time),
                tsdb.segmentby = 'sensor_id',
                tsdb.orderby = \(order)
            )
            """
    }

    /// The statement that makes an empty table one, for versions before 2.20.
    var conversion: String { "SELECT create_hypertable(\(PGName.literal(table)), \(PGName.literal(time)))" }

    /// Whether the server's version creates hypertables at once.
    ///
    /// - Throws: ``DeliveryError`` where the database has no TimescaleDB.
    func isCreatedAtOnce(_ connection: PGConnection) throws(DeliveryError) -> Bool {
        let found = try connection.rows("SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'")
        guard let version = found.first?[0] else {
            throw DeliveryError(
                .occupied,
                "the database \(connection.name) has no TimescaleDB: CREATE EXTENSION timescaledb adds it, and "
                    + "postgres:// loads into an ordinary table"
            )
        }
        let numbers = version.split { !$0.isASCII || !$0.isWholeNumber }.compactMap { Int($0) }
        guard numbers.count > 1, numbers[0] >= 2 else {
            throw DeliveryError(
                .occupied,
                "the database \(connection.name) has TimescaleDB \(version); it must be 2.0 or later"
            )
        }
        return (numbers[0], numbers[1]) >= (2, 20)
    }

    /// Creates the table, with one of these statements.
    func create(_ plain: String, _ connection: PGConnection) throws(DeliveryError) {
        if try isCreatedAtOnce(connection) {
            return try connection.execute(plain + Self.options(target.table))
        }
        try connection.execute(plain)
        _ = try connection.rows(conversion)
    }

    /// Throws unless the table that is there is a hypertable over the times, none of whose readings would be dropped.
    func check(_ connection: PGConnection) throws(DeliveryError) {
        _ = try isCreatedAtOnce(connection)
        let names = """
            (SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
             WHERE pg_class.oid = \(PGName.literal(table))::regclass)
            """
        let dimension = try connection.rows(
            """
            SELECT column_name FROM timescaledb_information.dimensions
            WHERE dimension_number = 1 AND (hypertable_schema, hypertable_name) = \(names)
            """
        )
        guard dimension.first?[0] == time else {
            throw DeliveryError(
                .occupied,
                dimension.isEmpty
                    ? "\(target.name) is no hypertable; \(conversion) makes an empty one, and postgres:// loads into an "
                        + "ordinary table"
                    : "the hypertable \(target.tables.text) is partitioned by \(dimension[0][0] ?? "nothing"); it must be by "
                        + time
            )
        }
        let start = target.plan.shownTimes.lowerBound
        let policies = try connection.rows(
            """
            SELECT config ->> 'drop_after' FROM timescaledb_information.jobs
            WHERE proc_name = 'policy_retention' AND (hypertable_schema, hypertable_name) = \(names)
            AND \(PGProof.instant(start)) < now() - (config ->> 'drop_after')::interval
            """
        )
        if let policy = policies.first {
            throw DeliveryError(
                .unstorable,
                "the hypertable \(target.tables.text) keeps \(policy[0] ?? "nothing"); readings begin at "
                    + "\(SimulatedTime(microseconds: start).zonedText), and would be dropped: "
                    + "SELECT remove_retention_policy(\(PGName.literal(table))) keeps them"
            )
        }
    }
}
