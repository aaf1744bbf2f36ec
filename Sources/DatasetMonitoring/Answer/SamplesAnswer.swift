import DatasetGen

/// `/samplez`.
enum SamplesAnswer {
    /// The keys of a reading: the columns of the dataset.
    static let readingFields: [AnswerField<MonitoredReading>] =
        [
            AnswerField(Column.id.name, .integer, Column.id.summary) { .integer($0.id) },
            AnswerField(Column.timestamp.name, .text, Column.timestamp.summary) { .string($0.timestamp.text) },
            AnswerField(Column.sensorID.name, .text, Column.sensorID.summary) { .string($0.sensorID) },
        ]
        + StandardMetric.allCases.map { metric in
            AnswerField(metric.name, .optional(.number), "In \(metric.unit); null where the reading is missing") {
                .decimal($0[Metric(rawValue: metric.rawValue)])
            }
        }
        + [
            AnswerField(Column.statusCode.name, .integer, Column.statusCode.summary) {
                .integer($0.anomalyType == nil ? 0 : 1)
            },
            AnswerField(Column.anomalyFlag.name, .boolean, "Whether it is anomalous") {
                .boolean($0.anomalyType != nil)
            },
            AnswerField(Column.anomalyType.name, .optional(.text), Column.anomalyType.summary) {
                .text($0.anomalyType?.name)
            },
        ]

    static let schema: JSONValue = [
        "type": "object",
        "required": .array(["sensor_id", "count", "samples"]),
        "properties": [
            "sensor_id": AnswerType.optional(.text).schema,
            "count": AnswerType.integer.schema,
            "samples": AnswerType.list(.object(readingFields.schema())).schema,
        ],
    ]

    static func json(_ readings: [MonitoredReading], of sensor: String?) -> JSONValue {
        [
            "sensor_id": .text(sensor),
            "count": .integer(readings.count),
            "samples": .array(readings.map(readingFields.json(of:))),
        ]
    }
}
