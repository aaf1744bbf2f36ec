import DatasetFormats
import DatasetGen

/// The table of events beside that of the readings, for loads with `--labels table`.
///
/// The transaction that notes a load as complete fills it: events are there once, or not at all.
struct PGEvents {
    private let target: PGTarget

    init(_ target: PGTarget) { self.target = target }

    private var isWanted: Bool { target.options.labels == .table }
    private var table: String { target.tables.events }
    private var text: String { "the table \(target.tables.text)_events" }
    private var hasSensorTable: Bool { target.table.layout.hasSensorTable }

    private var columns: [PGTable.Column] {
        EventList.columns(of: target.plan.recipe)
            .map { column in
                let type: PGType =
                    switch column.kind {
                    case .integer: .bigint
                    case .time: .timestamptz
                    case .decimal: .double
                    case .text: column.name == "sensor_id" && hasSensorTable ? .integer : .text
                    case .flag: .boolean
                    }
                return PGTable.Column(column.name, type, isRequired: column.isRequired)
            }
    }

    /// The statement that creates the table; nil where none is wanted.
    var declaration: String? { isWanted ? PGSchema.declaration(table, columns, keys: false) : nil }

    /// Drops that of loads that are replaced.
    func drop(_ entries: [PGLedger.Entry], _ connection: PGConnection) throws(DeliveryError) {
        if entries.contains(where: { $0.labels == TargetOptions.Labels.table.rawValue }) {
            try connection.execute("DROP TABLE IF EXISTS \(table)")
        }
    }

    /// Creates the table, or checks that of loads that are there.
    func prepare(_ entries: [PGLedger.Entry], _ connection: PGConnection) throws(DeliveryError) {
        guard let declaration else { return }
        guard try PGLedger.exists(table, on: connection) else {
            guard target.options.creates else {
                throw DeliveryError(
                    .occupied,
                    "there is no table \(table); --create auto creates it, --create print says how"
                )
            }
            return try connection.execute(declaration)
        }
        try target.schema.check(table, columns, on: connection)
        let isKnown = entries.contains { $0.labels == TargetOptions.Labels.table.rawValue }
        if !isKnown, try !connection.rows("SELECT 1 FROM \(table) LIMIT 1").isEmpty {
            throw DeliveryError(
                .occupied,
                "\(text) holds rows that no load of \(target.name) has brought; --table takes other names"
            )
        }
    }

    /// Fills the table, within the transaction that completes the load.
    func fill(_ load: PGTarget.Load, _ connection: PGConnection) throws(DeliveryError) {
        guard isWanted else { return }
        let isOpen = "SELECT 1 FROM \(target.tables.loads) WHERE load_id = \(load.id) AND loaded IS NULL FOR UPDATE"
        // Another process has completed it meanwhile.
        if try connection.rows(isOpen).isEmpty { return }
        try connection.execute("COPY \(table) (\(PGSchema.list(columns))) FROM STDIN")
        var text = ""
        for row in EventList(target.plan).rows {
            var fields = row.values.map(PGPreparation.field)
            if hasSensorTable { fields[1] = String(load.sensorNumbers[row.sensor]) }
            text += fields.joined(separator: "\t") + "\n"
            if text.utf8.count > 1 << 16 {
                try connection.put(Array(text.utf8))
                text = ""
            }
        }
        try connection.put(Array(text.utf8))
        try connection.endCopy()
    }

    /// What a proof says of the events besides.
    func prove(
        _ report: ProofReport,
        _ load: PGTarget.Load,
        isAlone: Bool,
        _ connection: PGConnection
    ) throws(DeliveryError) -> ProofReport {
        guard isWanted else { return report }
        guard try PGLedger.exists(table, on: connection) else {
            var report = report
            report.differences.append("\(text) is not there")
            return report
        }
        let fields = columns.map { column in
            let name = "event." + PGName.quoted(column.name)
            if column.type == .timestamptz { return "(extract(epoch FROM \(name)) * 1000000)::bigint" }
            guard column.name == "sensor_id", hasSensorTable else { return name }
            return "(SELECT name FROM \(target.tables.sensors) AS sensor WHERE sensor.sensor_id = event.sensor_id)"
        }
        let grid = target.plan.recipe.grid
        let condition =
            isAlone
            ? "true"
            : "start >= \(PGProof.instant(grid.start.microseconds)) AND start < \(PGProof.instant(grid.end.microseconds)) "
                + "AND \(PGProof.sensors(target, load.sensorNumbers))"
        let rows = try connection.rows(
            "SELECT \(fields.joined(separator: ", ")) FROM \(table) AS event WHERE \(condition)"
        )
        return report.with(EventList(target.plan), stored: rows, in: text)
    }
}
