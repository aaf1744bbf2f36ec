package import DatasetGen

/// A table of readings in PostgreSQL: its columns, from which its declaration, its rows and its proof are made.
package struct PGTable: Hashable, Sendable {
    /// A column and its type.
    package struct Column: Hashable, Sendable {
        /// The name, without quotes.
        package let name: String
        /// The type, as `format_type` has it.
        package let type: PGType
        /// Whether it is never NULL.
        package let isRequired: Bool

        package init(_ name: String, _ type: PGType, isRequired: Bool = false) {
            (self.name, self.type, self.isRequired) = (name, type, isRequired)
        }
    }

    package let layout: TableLayout
    /// Whether rows tell what is anomalous.
    package let includesLabels: Bool
    /// Whether rows hold what the healthy sensor would have reported, which tells that as well.
    package let includesTwin: Bool
    /// Whether rows tell when they arrive.
    package let includesArrivals: Bool
    /// What is measured.
    package let schema: MetricSchema

    /// The table of a recipe's readings.
    package init(_ recipe: Recipe, layout: TableLayout, includesLabels: Bool) {
        self.layout = layout
        self.includesLabels = includesLabels
        includesTwin = includesLabels && recipe.includesCleanTwin
        includesArrivals = recipe.delivery != nil
        schema = recipe.schema
    }

    /// The column of times.
    package var timeColumn: String { layout == .wide ? "timestamp" : "time" }

    /// The columns, in the order of a row.
    package var columns: [Column] {
        rowColumns + (includesArrivals ? [Column(Self.arrivalColumn, .timestamptz, isRequired: true)] : [])
    }

    /// The column of times of arrival, which is the last one.
    package static let arrivalColumn = DatasetGen.Column.arrivalTime.name

    private var rowColumns: [Column] {
        switch layout {
        case .star: leading + metricColumns("") + labelColumns + twinColumns
        case .wide:
            [Column("id", .bigint, isRequired: true)] + leading + metricColumns("") + labelColumns
                + Self.metadata + [Column("synced", .boolean)] + twinColumns
        case .narrow:
            leading + [Column("metric", .text, isRequired: true)] + valueColumns("")
                + (includesLabels ? [Column("anomaly_type", .text)] : []) + (includesTwin ? valueColumns("clean_") : [])
        }
    }

    private var leading: [Column] {
        [
            Column(timeColumn, .timestamptz, isRequired: true),
            Column("sensor_id", layout.hasSensorTable ? .integer : .text, isRequired: true),
        ]
    }

    private var labelColumns: [Column] {
        guard includesLabels else { return [] }
        return (layout == .wide ? [Column("status_code", .smallint, isRequired: true)] : [])
            + [Column("anomaly_flag", .boolean, isRequired: true), Column("anomaly_type", .text)]
    }

    private var twinColumns: [Column] { includesTwin ? metricColumns("clean_") : [] }

    private func metricColumns(_ prefix: String) -> [Column] {
        schema.metrics.map { Column(prefix + $0.name, $0.states.isEmpty ? .double : .text) }
    }

    /// The columns of a value in the narrow layout: texts of states have one of their own.
    private func valueColumns(_ prefix: String) -> [Column] {
        [Column(prefix + "value", .double)] + (hasStates ? [Column(prefix + "state", .text)] : [])
    }

    /// Bytes that a reading takes on its way, about.
    package var bytesPerReading: Int {
        switch layout {
        case .star: 30 + 12 * columns.count
        case .wide: 150 + 12 * columns.count
        case .narrow: schema.metrics.count * (50 + 10 * columns.count)
        }
    }

    /// Whether any metric is a state.
    package var hasStates: Bool { schema.metrics.contains { !$0.states.isEmpty } }

    private static let metadata: [Column] = DatasetGen.Column.metadata.map { column in
        Column(column.name, [.latitude, .longitude, .heightMeters].contains(column) ? .double : .text)
    }
}

/// A type of PostgreSQL, under the name that the server gives it.
package enum PGType: String, Hashable, Sendable {
    case bigint
    case boolean
    case double = "double precision"
    case integer
    case smallint
    case text
    case timestamptz = "timestamp with time zone"

    /// Bytes of a value in the binary format; nil for texts.
    package var width: Int? {
        switch self {
        case .bigint, .double, .timestamptz: 8
        case .integer: 4
        case .smallint: 2
        case .boolean: 1
        case .text: nil
        }
    }
}
