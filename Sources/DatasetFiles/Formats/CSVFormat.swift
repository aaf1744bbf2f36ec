package import DatasetFormats
package import DatasetGen

/// Comma-separated values, with a line of column names.
package enum CSVFormat: TableFormat {
    package static let format = OutputFormat.csv
    package static let bytesPerSensor = 100

    package static func makeRows(_ sensors: [Sensor], _ timestamps: TimestampStyle, twin: Bool, _ schema: MetricSchema)
        -> CSVEncoder
    {
        CSVEncoder(sensors: sensors, timestamps: timestamps, includesCleanTwin: twin, schema: schema)
    }

    package static func makeTable(_ output: ReadingOutput) -> RowTable { .csv(output) }
}
