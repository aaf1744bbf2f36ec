import DatasetFormats
import DatasetGen

extension PGSchema {
    /// The bytes that PostgreSQL keeps of a name; what follows is cut off.
    private static let longestName = 63

    /// Columns that every table has.
    ///
    /// Source: https://www.postgresql.org/docs/current/ddl-system-columns.html.
    private static let systemColumns: Set<String> = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"]

    /// Throws unless each metric has columns of its own, under their whole names.
    func checkNamesOfMetrics() throws(DeliveryError) {
        for metric in table.schema.metrics {
            let resolution = metric.name + "_resolution"
            let ofSensors = table.layout.hasSensorTable && sensorColumns.contains { $0.name == resolution }
            let ofReadings =
                table.layout == .narrow ? [] : [metric.name] + (table.includesTwin ? ["clean_" + metric.name] : [])
            if let name = ofReadings.first(where: Self.systemColumns.contains) {
                throw DeliveryError(
                    .unstorable,
                    "PostgreSQL has a column \(name) of its own in every table: rename the metric \(metric.name), or take "
                        + "--layout narrow, which has no columns for metrics"
                )
            }
            let names = ofReadings + (ofSensors ? [resolution] : [])
            guard let name = names.first(where: { $0.utf8.count > Self.longestName }) else { continue }
            let isStorableNarrow = table.layout != .narrow && resolution.utf8.count <= Self.longestName
            throw DeliveryError(
                .unstorable,
                "the column \(name) is longer than the \(Self.longestName) bytes that PostgreSQL keeps of a name: "
                    + "rename the metric \(metric.name)"
                    + (isStorableNarrow ? ", or take --layout narrow, which has no columns for metrics" : "")
            )
        }
    }
}
