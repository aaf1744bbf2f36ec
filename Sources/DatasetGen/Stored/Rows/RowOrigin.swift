/// What a reader of rows must know of the dataset that they are of.
struct RowOrigin {
    /// The dataset's files.
    let files: StoredFolder
    /// What is measured.
    let schema: MetricSchema
    /// The fleet.
    let sensors: [Sensor]
    /// How the file writes times.
    let timestamps: TimestampStyle
    /// Whether the rows hold the healthy twin.
    let holdsTwin: Bool
}
