import DatasetGen

/// `/statusz`.
enum StatusAnswer {
    static let fields: [AnswerField<Snapshot>] =
        run + progress + sensor + [
            AnswerField("database_healthy", .boolean, "Whether the database takes readings") {
                .boolean($0.run.isDatabaseHealthy)
            },
            AnswerField("health", .text, "healthy, degraded or unhealthy, as /healthz says") {
                .string($0.run.health.rawValue)
            },
            AnswerField("problems", .list(.text), "What is wrong now") {
                .array($0.run.problems.map { .string($0.text) })
            },
            AnswerField("feeds", .list(.object(feed.schema())), "How far each feed of a live run has come") {
                .array($0.run.feeds.map(feed.json(of:)))
            },
            AnswerField("memory_usage_mb", .number, "Resident memory of the process in MB") {
                .figure(Double($0.process.residentBytes) / 1e6)
            },
            AnswerField("reload", .optional(.object(reload.schema())), "Which version of the settings is in effect") {
                $0.run.reload == nil ? .null : reload.json(of: $0)
            },
            AnswerField(
                "configuration",
                .any,
                "The settings in effect, without secrets; whole numbers from 2^53 on as text"
            ) {
                Redaction.redacted($0.run.configuration).exactInBrowsers
            },
            AnswerField("timestamp", .text, "The time of the answer, UTC") { .time($0.time) },
        ]

    private static let run: [AnswerField<Snapshot>] = [
        AnswerField("name", .text, "The dataset's name") { .string($0.run.name) },
        AnswerField("version", .text, "The version of the program") { _ in .string(Generator.version) },
        AnswerField("mode", .text, "live or batch") { .string($0.run.mode.rawValue) },
        AnswerField("running", .boolean, "Whether readings are being made") { .boolean($0.run.isRunning) },
    ]

    private static let progress: [AnswerField<Snapshot>] = [
        AnswerField("readings_count", .integer, "Readings made by this run since it began, over all restarts") {
            .integer($0.run.readings)
        },
        AnswerField("planned_readings", .optional(.integer), "Readings to make; null without an end") {
            .integer(orNull: $0.run.plannedReadings)
        },
        AnswerField("started_at", .optional(.text), "When the run began, from which all is counted, UTC") {
            .time($0.run.startedAt)
        },
        AnswerField("error_count", .integer, "Errors since the run began") { .integer($0.run.errors) },
        AnswerField("elapsed_seconds", .number, "How long the run has been running, over all restarts") {
            .seconds($0.run.elapsed)
        },
        AnswerField("remaining_seconds", .optional(.number), "Until it ends; null if that is not known") {
            .seconds($0.run.remaining)
        },
        AnswerField("readings_per_second", .number, "Readings a second, lately") { .figure($0.run.readingsPerSecond) },
        AnswerField("newest_reading", .optional(.text), "The time of the newest reading, UTC") {
            .time($0.run.newestReading)
        },
    ]

    private static let metric: [AnswerField<MetricDescription>] = [
        AnswerField("name", .text, "Its key in /samplez") { .string($0.name) },
        AnswerField("unit", .optional(.text), "The unit's symbol; null without one") {
            .text($0.unit.isEmpty ? nil : $0.unit)
        },
        AnswerField("description", .text, "What it is") { .string($0.summary) },
        AnswerField("states", .optional(.list(.text)), "The texts that it may be; null for a number") {
            $0.states.isEmpty ? .null : .array($0.states.map { .string($0) })
        },
    ]

    private static let sensor: [AnswerField<Snapshot>] = [
        AnswerField("metrics", .list(.object(metric.schema())), "What the sensors measure") {
            .array($0.run.schema.metrics.map(metric.json(of:)))
        },
        AnswerField("sensor_count", .integer, "Sensors in the fleet") { .integer($0.run.sensorCount) },
        AnswerField("sensor_id", .optional(.text), "The only sensor, or the first") { .text($0.run.sensor?.id) },
        AnswerField(
            "location",
            "Where it stands",
            [
                AnswerField("city", .optional(.text), "Name of the place") { .text($0.run.sensor?.city) },
                AnswerField("latitude", .optional(.number), "Degrees north") { degrees($0.run.sensor?.latitude) },
                AnswerField("longitude", .optional(.number), "Degrees east") { degrees($0.run.sensor?.longitude) },
                AnswerField("timezone", .optional(.text), "IANA time zone") { .text($0.run.sensor?.timezone) },
            ]
        ),
        AnswerField("firmware_version", .optional(.text), "Its firmware") { .text($0.run.sensor?.firmwareVersion) },
        AnswerField("model", .optional(.text), "Its model") { .text($0.run.sensor?.model) },
        AnswerField("manufacturer", .optional(.text), "Its manufacturer") { .text($0.run.sensor?.manufacturer) },
    ]

    private static let feed: [AnswerField<FeedProgress>] = [
        AnswerField("name", .text, "Where it leads, without user and parameters") { .string($0.name) },
        AnswerField("connected", .boolean, "Whether there is a connection") { .boolean($0.isConnected) },
        AnswerField("messages", .integer, "Messages acknowledged since this process began") { .integer($0.messages) },
        AnswerField("possible_duplicates", .integer, "Those that may have arrived twice") {
            .integer($0.possibleDuplicates)
        },
        AnswerField("last_reading", .integer, "The number of the last reading that is acknowledged") {
            .integer($0.lastReading)
        },
        AnswerField("waiting_readings", .integer, "Readings that are due and not acknowledged") {
            .integer($0.waiting)
        },
        AnswerField("lag_seconds", .number, "How old the oldest of them is") { .seconds($0.lag) },
        AnswerField("last_error", .optional(.text), "What kept messages from being sent last") { .text($0.lastError) },
        AnswerField("last_error_at", .optional(.text), "When that was, UTC") { .time($0.lastErrorAt) },
    ]

    private static let reload: [AnswerField<Snapshot>] = [
        AnswerField("version", .integer, "The version in effect, from 1") { .integer($0.run.reload?.version ?? 1) },
        AnswerField("applied_at", .optional(.text), "When it took effect, UTC") { .time($0.run.reload?.appliedAt) },
        AnswerField("refusals", .integer, "Changes refused since the run began") {
            .integer($0.run.reload?.refusals ?? 0)
        },
        AnswerField("error", .optional(.text), "Why the last change was refused") { .text($0.run.reload?.error) },
    ]

    /// A position to ten centimetres.
    private static func degrees(_ value: Double?) -> JSONValue { .rounded(value, decimals: 6) }
}
