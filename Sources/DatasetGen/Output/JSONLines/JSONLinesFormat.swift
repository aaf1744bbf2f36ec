/// One JSON object per line.
enum JSONLinesFormat: TextFormat {
    static let format = OutputFormat(name: "jsonl", title: "JSON Lines", options: .compression)
    static let bytesPerSensor = 700

    static func makeRows(_ sensors: [Sensor], _ timestamps: TimestampStyle, twin: Bool, _ schema: MetricSchema)
        -> JSONLinesEncoder
    {
        JSONLinesEncoder(sensors: sensors, timestamps: timestamps, includesCleanTwin: twin, schema: schema)
    }
}

extension OutputFormat {
    /// `readings.jsonl`, `readings.jsonl.gz` or `readings.jsonl.zst`.
    public static var jsonl: OutputFormat { JSONLinesFormat.format }
}
