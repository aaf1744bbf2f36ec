package import DatasetFormats
package import DatasetGen

/// One JSON object per line.
package enum JSONLinesFormat: TableFormat {
    package static let format = OutputFormat.jsonl
    package static let bytesPerSensor = 700

    package static func makeRows(_ sensors: [Sensor], _ timestamps: TimestampStyle, twin: Bool, _ schema: MetricSchema)
        -> JSONLinesEncoder
    {
        JSONLinesEncoder(sensors: sensors, timestamps: timestamps, includesCleanTwin: twin, schema: schema)
    }

    package static func makeTable(_ output: ReadingOutput) -> RowTable { .jsonLines(output) }
}
