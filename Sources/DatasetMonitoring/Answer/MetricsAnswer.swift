import DatasetGen

/// `/metricz`.
enum MetricsAnswer {
    static let fields: [AnswerField<Snapshot>] = [
        AnswerField("readings_count", .integer, "Readings made by this run since it began, over all restarts") {
            .integer($0.run.readings)
        },
        AnswerField("anomalies_count", .optional(.integer), "Anomalous readings; null if not counted") {
            .integer(orNull: $0.run.anomalies?.total)
        },
        AnswerField("anomalies", .optional(.map(.integer)), "Anomalous readings by type") {
            .counts($0.run.anomalies)
        },
        AnswerField("anomaly_rate", .optional(.number), "Share of anomalous readings, 0 to 1") {
            .rounded($0.anomalyShare, decimals: 6)
        },
        AnswerField(
            "rates",
            "Readings a second",
            [
                AnswerField("readings_per_second", .number, "Lately") { .figure($0.run.readingsPerSecond) },
                AnswerField("average_readings_per_second", .number, "Over elapsed_seconds") { .figure($0.averageRate) },
            ]
        ),
        AnswerField(
            "errors",
            "What went wrong since the run began",
            [
                AnswerField("total", .integer, "Errors, those included that a retry has mended") {
                    .integer($0.run.errors)
                },
                AnswerField("lost_readings", .integer, "Readings that are lost for good") {
                    .integer($0.run.lostReadings)
                },
                AnswerField("skipped_readings", .integer, "Readings that were too old to be caught up") {
                    .integer($0.run.skippedReadings)
                },
                AnswerField("buffered_readings", .integer, "Readings that wait for the disk") {
                    .integer($0.run.bufferedReadings)
                },
            ]
        ),
        AnswerField(
            "lateness_seconds",
            .optional(.object(lateness.schema())),
            "How late readings of this process appear"
        ) {
            $0.run.lateness == nil ? .null : lateness.json(of: $0)
        },
        AnswerField("elapsed_seconds", .number, "How long the run has been running, over all restarts") {
            .seconds($0.run.elapsed)
        },
        AnswerField("timestamp", .text, "The time of the answer, UTC") { .time($0.time) },
    ]

    private static let lateness: [AnswerField<Snapshot>] = [
        AnswerField("median", .number, "Half of the readings are no later") { precise($0.run.lateness?.median) },
        AnswerField("p99", .number, "99 of 100 readings are no later") { precise($0.run.lateness?.p99) },
        AnswerField("maximum", .number, "The latest") { precise($0.run.lateness?.maximum) },
    ]

    /// To the microsecond.
    private static func precise(_ duration: Duration?) -> JSONValue {
        .rounded(duration.map { $0 / .seconds(1) }, decimals: 6)
    }
}
