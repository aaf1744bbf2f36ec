/// Comma-separated values, with a line of column names.
enum CSVFormat: TextFormat {
    static let format = OutputFormat(name: "csv", title: "CSV", options: .compression)
    static let bytesPerSensor = 100

    static func makeRows(_ sensors: [Sensor], _ timestamps: TimestampStyle, twin: Bool, _ schema: MetricSchema)
        -> CSVEncoder
    {
        CSVEncoder(sensors: sensors, timestamps: timestamps, includesCleanTwin: twin, schema: schema)
    }
}

extension OutputFormat {
    /// `readings.csv`, `readings.csv.gz` or `readings.csv.zst`.
    public static var csv: OutputFormat { CSVFormat.format }
}
