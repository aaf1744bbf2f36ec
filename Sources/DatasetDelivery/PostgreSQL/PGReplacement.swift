import DatasetFormats
import DatasetGen

/// What of the tables that are there gives way to a load with `--if-exists replace`.
struct PGReplacement {
    private let target: PGTarget
    private let connection: PGConnection

    init(_ target: PGTarget, _ connection: PGConnection) { (self.target, self.connection) = (target, connection) }

    /// Whether the table of readings is dropped: one that was made for a load is; one without rows may stay, whoever has made
    /// it.
    ///
    /// - Throws: ``DeliveryError`` where it holds rows, and is to stay.
    func isDue(_ entries: [PGLedger.Entry]) throws(DeliveryError) -> Bool {
        try target.options.drops(target.name, madeByLoad: try isMadeByLoad(entries)) { () throws(DeliveryError) in
            try connection.rows("SELECT 1 FROM \(target.tables.readings) LIMIT 1").isEmpty
        }
    }

    /// Whether it is noted that the table was made for a load, and none of another kind stands in its place.
    private func isMadeByLoad(_ entries: [PGLedger.Entry]) throws(DeliveryError) -> Bool {
        guard let maker = entries.first(where: \.ownsTable), let layout = TableLayout(rawValue: maker.layout) else {
            return false
        }
        let table = PGTable(target.plan.recipe, layout: layout, includesLabels: false)
        let found = try PGSchema.stored(target.tables.readings, on: connection)
        return table.columns.filter { [table.timeColumn, "sensor_id"].contains($0.name) }
            .allSatisfy { key in found.contains { $0[0] == key.name && $0[1] == key.type.rawValue } }
    }

    /// Whether the table of sensors is there, and has no columns but such as loads give it.
    func takesSensors() throws(DeliveryError) -> Bool {
        guard try PGLedger.exists(target.tables.sensors, on: connection) else { return false }
        let known = Set(target.schema.sensorTable.map(\.name))
        return try PGSchema.stored(target.tables.sensors, on: connection)
            .allSatisfy { column in
                // Those of metrics are others where the recipe is another one.
                let name = column[0] ?? ""
                return known.contains(name) || name == "interval_seconds" || name.hasSuffix("_resolution")
            }
    }
}
