import DatasetGen

/// `/sensorz`.
enum SensorsAnswer {
    static let fields: [AnswerField<SensorMatches>] = [
        AnswerField("total", .integer, "Sensors in the fleet") { .integer($0.total) },
        AnswerField("matching", .integer, "Sensors whose id contains the text") { .integer($0.matching) },
        AnswerField("sensors", .list(.text), "The first of them") { .array($0.ids.map { .string($0) }) },
    ]
}
