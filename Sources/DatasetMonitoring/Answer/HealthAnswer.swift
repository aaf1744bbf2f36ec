import DatasetGen

/// `/healthz`.
enum HealthAnswer {
    static let fields: [AnswerField<Snapshot>] = [
        AnswerField("status", .text, "healthy or unhealthy") { $0.run.isHealthy ? "healthy" : "unhealthy" },
        AnswerField("simulator_running", .boolean, "Whether readings are being made") { .boolean($0.run.isRunning) },
        AnswerField("database_healthy", .boolean, "Whether the database takes readings") {
            .boolean($0.run.isDatabaseHealthy)
        },
        AnswerField("buffered_readings", .integer, "Readings that wait for the disk") {
            .integer($0.run.bufferedReadings)
        },
        AnswerField("lost_readings", .integer, "Readings that are lost for good") { .integer($0.run.lostReadings) },
        AnswerField("problems", .list(.text), "What is wrong now") { .array($0.run.problems.map { .string($0) }) },
        AnswerField("timestamp", .text, "The time of the answer, UTC") { .time($0.time) },
    ]
}
