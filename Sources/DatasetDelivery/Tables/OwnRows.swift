import DatasetFormats
import DatasetGen

/// Tells the rows of a load in a table that others share: those of its sensors, and phenomena of its cities.
struct OwnRows {
    private let sensors: Set<String>
    private let places: Set<String>
    private let sensorColumn: Int
    private let placeColumn: Int?

    /// Of a plan's load into a table of these columns.
    init(_ columns: [SmallTable.Column], of plan: GenerationPlan) {
        (sensors, places) = (Set(plan.fleet.sensors.map(\.id)), plan.placeNames)
        (sensorColumn, placeColumn) = (columns.sensorIndex, columns.firstIndex { $0.name == "location" })
    }

    /// Whether a row, as it is stored, is of the load.
    func contains(_ row: [String?]) -> Bool {
        if let sensor = row[sensorColumn] { return sensors.contains(sensor) }
        return placeColumn.flatMap { row[$0] }.map(places.contains) ?? false
    }
}
