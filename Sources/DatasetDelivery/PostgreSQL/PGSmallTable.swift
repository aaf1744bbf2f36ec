import DatasetFormats
import DatasetGen

/// The table of events or of phenomena beside that of the readings, for loads with `--labels table`.
///
/// The transaction that notes a load as complete fills it: rows are there once, or not at all.
struct PGSmallTable {
    private let kind: SmallTable.Kind
    private let target: PGTarget

    /// The one of a kind.
    init(_ kind: SmallTable.Kind, _ target: PGTarget) { (self.kind, self.target) = (kind, target) }

    /// Those that a load can have.
    static func all(_ target: PGTarget) -> [PGSmallTable] {
        SmallTable.Kind.allCases.map { PGSmallTable($0, target) }
    }

    private var isWanted: Bool { target.options.smallTables(of: target.plan.recipe).contains(kind) }
    private var table: String { target.tables.small(kind) }
    private var text: String { "the table \(target.tables.text)\(kind.suffix)" }
    private var hasSensorTable: Bool { target.table.layout.hasSensorTable }

    private var columns: [PGTable.Column] {
        SmallTable.columns(of: kind, target.plan.recipe)
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

    /// Whether a load has filled such a table.
    private func isFilled(by entry: PGLedger.Entry) -> Bool {
        // A resolved recipe has the section where there are some.
        entry.labels == TargetOptions.Labels.table.rawValue
            && (kind == .events || entry.recipe.contains("phenomena:"))
    }

    /// The statement that creates the table; nil where none is wanted.
    var declaration: String? { isWanted ? PGSchema.declaration(table, columns, keys: false) : nil }

    /// Drops that of loads that are replaced.
    func drop(_ entries: [PGLedger.Entry], _ connection: PGConnection) throws(DeliveryError) {
        if entries.contains(where: isFilled) {
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
        if !entries.contains(where: isFilled), try !connection.rows("SELECT 1 FROM \(table) LIMIT 1").isEmpty {
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
        var rows = SmallTable(kind, of: target.plan)
        if kind == .phenomena {
            // Phenomena of a city may be another load's, too.
            let stored = try stored(load, isAlone: false, connection)
            rows = SmallTableComparison(rows, stored: stored, isAlone: false).missing
        }
        let sensorColumn = rows.columns.sensorIndex
        try connection.execute("COPY \(table) (\(PGSchema.list(columns))) FROM STDIN")
        var text = ""
        for row in rows.rows {
            var fields = row.values.map(PGPreparation.field)
            if hasSensorTable, let sensor = row.sensor { fields[sensorColumn] = String(load.sensorNumbers[sensor]) }
            text += fields.joined(separator: "\t") + "\n"
            if text.utf8.count > 1 << 16 {
                try connection.put(Array(text.utf8))
                text = ""
            }
        }
        try connection.put(Array(text.utf8))
        try connection.endCopy()
    }

    /// What a proof says of the rows besides.
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
        let rows = try stored(load, isAlone: isAlone, connection)
        return report.with(SmallTable(kind, of: target.plan), stored: rows, isAlone: isAlone, in: text)
    }

    /// The rows of a load, and phenomena of its cities, as they are stored; all that are there where it is alone.
    private func stored(
        _ load: PGTarget.Load,
        isAlone: Bool,
        _ connection: PGConnection
    ) throws(DeliveryError) -> [[String?]] {
        let fields = columns.map { column in
            let name = "told." + PGName.quoted(column.name)
            if column.type == .timestamptz { return "(extract(epoch FROM \(name)) * 1000000)::bigint" }
            guard column.name == "sensor_id", hasSensorTable else { return name }
            return "(SELECT name FROM \(target.tables.sensors) AS sensor WHERE sensor.sensor_id = told.sensor_id)"
        }
        return try connection.rows(
            "SELECT \(fields.joined(separator: ", ")) FROM \(table) AS told WHERE "
                + (isAlone ? "true" : condition(load))
        )
    }

    /// That a row is of a sensor of a load, or of one of its cities.
    private func condition(_ load: PGTarget.Load) -> String {
        let times = kind.times(target.plan.recipe)
        let isInTime =
            "start >= \(PGProof.instant(times.lowerBound)) AND start < \(PGProof.instant(times.upperBound))"
        let isOfSensors = PGProof.sensors(target, load.sensorNumbers)
        if kind == .events { return isInTime + " AND " + isOfSensors }
        let places = target.plan.placeNames.sorted().map(PGName.literal).joined(separator: ", ")
        return isInTime + " AND (\(isOfSensors) OR (sensor_id IS NULL AND location IN (\(places))))"
    }
}
