import DatasetGen

/// `/samplez`.
enum SamplesAnswer {
    /// The keys of a reading: the columns of the dataset.
    static func readingFields(_ schema: MetricSchema) -> [AnswerField<MonitoredReading>] {
        [
            AnswerField(Column.id.name, .integer, Column.id.summary) { .integer($0.id) },
            AnswerField(Column.timestamp.name, .text, Column.timestamp.summary) { .string($0.timestamp.text) },
            AnswerField(Column.sensorID.name, .text, Column.sensorID.summary) { .string($0.sensorID) },
        ]
            + schema.all.map { field(of: $0, schema[$0]) }
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
    }

    private static func field(of metric: Metric, _ description: MetricDescription) -> AnswerField<MonitoredReading> {
        let absence = "null where the reading is missing"
        guard description.states.isEmpty else {
            let texts = description.states.joined(separator: ", ")
            return AnswerField(description.name, .optional(.text), "One of \(texts); \(absence)") {
                .text($0.state(metric))
            }
        }
        let unit = description.unit.isEmpty ? "A number" : "In \(description.unit)"
        return AnswerField(description.name, .optional(.number), "\(unit); \(absence)") { .decimal($0[metric]) }
    }

    static func schema(_ schema: MetricSchema) -> JSONValue {
        [
            "type": "object",
            "required": .array(["sensor_id", "count", "samples", "events"]),
            "properties": [
                "sensor_id": AnswerType.optional(.text).schema,
                "count": AnswerType.integer.schema,
                "samples": AnswerType.list(.object(readingFields(schema).schema())).schema,
                "events": AnswerType.list(.object(eventFields.schema())).schema,
            ],
        ]
    }

    static func json(_ readings: [MonitoredReading], of sensor: String?) -> JSONValue {
        let fields = readingFields(readings.first?.schema ?? .standard)
        return [
            "sensor_id": .text(sensor),
            "count": .integer(readings.count),
            "samples": .array(readings.map(fields.json(of:))),
            "events": .array(SampledEvent.events(of: readings).map(eventFields.json(of:))),
        ]
    }

    /// The keys of an event, as far as it is among the samples.
    private static let eventFields: [AnswerField<SampledEvent>] = [
        AnswerField("sensor_id", .text, "Whose it is") { .string($0.sensorID) },
        AnswerField("anomaly_type", .text, "What kind of anomaly") { .string($0.type.name) },
        AnswerField("metrics", .list(.text), "The metrics that it changes") { .array($0.metrics.map { .string($0) }) },
        AnswerField("first_id", .integer, "The first of its readings among the samples") { .integer($0.first) },
        AnswerField("last_id", .integer, "The last of them") { .integer($0.last) },
    ]
}
