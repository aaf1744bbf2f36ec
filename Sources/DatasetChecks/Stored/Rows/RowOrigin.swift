import DatasetFiles
import DatasetFormats
import DatasetGen

/// What a reader of rows must know of the dataset that they are of.
struct RowOrigin {
    /// The files behind the first one.
    var following: [StoredFile] = []
    /// The dataset's files.
    let files: StoredFolder
    /// What is measured.
    let schema: MetricSchema
    /// The fleet.
    let sensors: [Sensor]
    /// How the file writes times.
    let timestamps: TimestampStyle
    /// The columns that the rows have.
    let columns: [Column]
    /// Whether the rows hold the healthy twin.
    let holdsTwin: Bool
    /// What the rows are as series.
    let series: SeriesNames
}

extension ReadingOutput {
    /// Why its rows do not tell the readings by themselves: `it has the narrow layout`; nil if they do.
    var incompleteness: String? {
        if parameters.isOfArrivals { return "it has the readings that arrive, as the recipe has a section delivery" }
        if let partName { return "it has the readings of \(partName) alone" }
        if parameters.layout == .narrow { return "it has the narrow layout" }
        let needed: [Column] =
            [.timestamp, .sensorID] + schema.metrics.map { .metric($0) } + [.anomalyType]
            + (includesCleanTwin ? schema.metrics.map { .clean($0) } : [])
        let missing = needed.filter { !columns.contains($0) }.map(\.name)
        return missing.isEmpty ? nil : "it has no column \(missing.joined(separator: ", "))"
    }

    /// The columns of every dataset of which an audit makes a check that this file does not have.
    var uncheckedColumns: [Column] {
        let looked: [Column] =
            (parameters.format.tellsNumbers ? [.id, .statusCode] : []) + [.anomalyFlag]
        return looked.filter { !columns.contains($0) }
    }
}
