import DatasetGen

/// `/history`.
enum HistoryAnswer {
    /// Readings that one answer may be made of.
    static let longest: Int64 = 1_000_000
    /// Values of all metrics in an answer.
    private static let mostValues = 40_000

    /// The most points of an answer about so many metrics.
    static func points(_ wanted: Int, metrics: Int) -> Int { min(wanted, max(1, mostValues / max(1, metrics))) }

    /// What the fields are of.
    struct Source: Sendable {
        let sensor: String
        let history: SensorHistory
    }

    static func fields(_ schema: MetricSchema) -> [AnswerField<Source>] {
        [
            AnswerField("sensor_id", .text, "Whose readings these are") { .string($0.sensor) },
            AnswerField("begin", .optional(.text), "When the first reading was taken that there is, UTC") {
                .time($0.history.begin)
            },
            AnswerField("end", .optional(.text), "When the newest reading was taken, UTC") { .time($0.history.end) },
            AnswerField("interval_seconds", .number, "Seconds from one reading to the next") {
                .rounded($0.history.interval, decimals: 6)
            },
            AnswerField("readings", .integer, "Readings in the stretch") { .integer($0.history.readings) },
            AnswerField("readings_per_point", .integer, "Readings of a point, of the last one at most") {
                .integer($0.history.readingsPerPoint)
            },
            AnswerField("times", .list(.text), "When the first reading of each point was taken, UTC") {
                .array(($0.history.points ?? []).map { .time($0.time) })
            },
            AnswerField("metrics", "Per metric, what its points are", schema.all.map { field(of: $0, schema[$0]) }),
            AnswerField("events", .list(.object(event.schema())), "Anomalies in the stretch") { source in
                .array(source.history.events.map { event.json(of: Event(events: $0, schema: source.history.schema)) })
            },
        ]
    }

    private static func field(of metric: Metric, _ description: MetricDescription) -> AnswerField<Source> {
        let name = description.name
        guard description.states.isEmpty else {
            return AnswerField(
                name,
                "A state",
                [
                    AnswerField("states", .list(.optional(.text)), "The text that most readings of a point have") {
                        values($0, metric) { .string(description.states[Int($0.least)]) }
                    }
                ]
            )
        }
        let unit = description.unit.isEmpty ? "A number" : "In \(description.unit)"
        return AnswerField(
            name,
            "\(unit); null where a point has no value",
            [
                AnswerField("least", .list(.optional(.number)), "The least value of each point") {
                    values($0, metric) { .rounded($0.least, decimals: 6) }
                },
                AnswerField("greatest", .list(.optional(.number)), "The greatest value of each point") {
                    values($0, metric) { .rounded($0.greatest, decimals: 6) }
                },
                AnswerField("mean", .list(.optional(.number)), "The mean of each point") {
                    values($0, metric) { .rounded($0.mean, decimals: 6) }
                },
            ]
        )
    }

    private static func values(
        _ source: Source,
        _ metric: Metric,
        _ value: (SensorHistory.Summary) -> JSONValue
    ) -> JSONValue {
        .array((source.history.points ?? []).map { $0.metrics[metric.rawValue].map(value) ?? .null })
    }

    /// Events and what their metrics are called.
    private struct Event: Sendable {
        let events: SensorHistory.Events
        let schema: MetricSchema
    }

    private static let event: [AnswerField<Event>] = [
        AnswerField("anomaly_type", .text, "What kind of anomaly") { .string($0.events.type.name) },
        AnswerField("metrics", .list(.text), "The metrics that it changes") { source in
            .array(source.events.metrics.elements.map { .string(source.schema[$0].name) })
        },
        AnswerField("first", .text, "When its first reading in the stretch was taken, UTC") { .time($0.events.first) },
        AnswerField("last", .text, "When its last reading in the stretch was taken, UTC") { .time($0.events.last) },
        AnswerField("count", .integer, "How many events they are, where they lie within a point of one another") {
            .integer($0.events.count)
        },
        AnswerField("readings", .integer, "How many anomalous readings they have") { .integer($0.events.readings) },
    ]
}
