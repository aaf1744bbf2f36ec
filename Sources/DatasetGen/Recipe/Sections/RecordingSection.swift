/// Section `recording`: a file of somebody's readings.
struct RecordingSection: Sendable {
    var file: Stated<String>?
    var sha256: Stated<String>?
    var time: Stated<String>?
    var sensor: Stated<String>?
    var table: Stated<String>?
    var from: Stated<SimulatedTime>?
    var to: Stated<SimulatedTime>?
    var isRepeated: Stated<Bool>?
    var phase: Stated<Int64>?

    static let definition = SectionDefinition(
        name: "recording",
        summary:
            "Readings that you have. They stand in the dataset as they are, but for those that an anomaly changes; "
            + "sensors and times are the file's. `dataset.start` moves them, `dataset.duration` or `dataset.end` ends the run.",
        fields: [
            Field(
                "file",
                \.file,
                .path,
                required: true,
                "A CSV file with a header, also compressed by gzip or Zstandard, a Parquet file or a SQLite database. It is copied into the dataset."
            ),
            Field("sha256", \.sha256, .sha256, "Its SHA-256; another file is refused."),
            Field(
                "time",
                \.time,
                .text,
                default: "`timestamp`, `time`, `datetime`, `date`, `ts` …",
                "The column of times: ISO 8601, or seconds, ms, µs or ns since 1970."
            ),
            Field(
                "sensor",
                \.sensor,
                .text,
                default: "`sensor_id`, `sensor`, `device_id` …, or one sensor",
                "The column that tells sensors apart."
            ),
            Field(
                "table",
                \.table,
                .text,
                default: "the only one, or `readings`, `sensor_readings` …",
                "The table of a SQLite database."
            ),
            Field("from", \.from, .time, default: "the first reading", "Where the part of it begins that is played."),
            Field(
                "to",
                \.to,
                .endTime,
                default: "an interval behind the last reading",
                "Where that part ends, exclusive; the next round begins there."
            ),
            Field(
                "repeat",
                \.isRepeated,
                .bool,
                default: "false",
                "Whether the part is played again and again, until the run ends."
            ),
            Field(
                "phase",
                \.phase,
                .offset,
                default: "0s",
                "With `repeat`: how far into the first round the run begins."
            ),
        ],
        empty: { RecordingSection() }
    )
}

extension ValueType where Value == String {
    /// A SHA-256 digest as text.
    fileprivate static let sha256 = scalar(
        expecting: "64 hexadecimal digits in small letters",
        schema: .pattern("^[0-9a-f]{64}$")
    ) { node in
        node.text.flatMap { text in
            let isDigest = text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
            return isDigest ? text : nil
        }
    } encode: {
        .string($0)
    }
}
