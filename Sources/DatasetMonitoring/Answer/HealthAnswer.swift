import DatasetGen

/// `/healthz`.
enum HealthAnswer {
    static let fields: [AnswerField<Snapshot>] = [
        AnswerField(
            "status",
            .text,
            "healthy; degraded if something is wrong that no restart mends; unhealthy, with 503, if readings cannot be kept"
        ) {
            .string($0.run.health.rawValue)
        },
        AnswerField("simulator_running", .boolean, "Whether readings are being made") { .boolean($0.run.isRunning) },
        AnswerField("database_healthy", .boolean, "Whether the database takes readings") {
            .boolean($0.run.isDatabaseHealthy)
        },
        AnswerField("buffered_readings", .integer, "Readings that wait for the disk") {
            .integer($0.run.bufferedReadings)
        },
        AnswerField("lost_readings", .integer, "Readings that are lost for good") { .integer($0.run.lostReadings) },
        AnswerField("problems", .list(.text), "What is wrong now, without words of the settings") {
            .array($0.run.problems.map { .string($0.openText) })
        },
        AnswerField("timestamp", .text, "The time of the answer, UTC") { .time($0.time) },
    ]
}
