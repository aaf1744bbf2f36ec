import DatasetGen

/// `/db_stats`.
enum DatabaseAnswer {
    static let fields: [AnswerField<DatabaseStatistics>] = [
        AnswerField("total_readings", .integer, "Readings in the database") { .integer($0.totalReadings) },
        AnswerField(
            "database_size",
            "The size of all files",
            [
                AnswerField("bytes", .integer, "In bytes") { .integer($0.bytes) },
                AnswerField("human_readable", .text, "For people") { .string(ByteCount.text($0.bytes)) },
            ]
        ),
        AnswerField("last_write", .optional(.text), "When readings were last written, UTC") { .time($0.lastWrite) },
        AnswerField("indexes", .list(.text), "Names of the indexes") { .array($0.indexes.map { .string($0) }) },
        AnswerField("table_stats", .map(.integer), "Rows by table") {
            .object($0.tables.map { JSONValue.Member(key: $0.name, value: .integer($0.rows)) })
        },
        AnswerField("performance", .optional(.object(performance.schema())), "How fast readings are written") {
            $0.performance == nil ? .null : performance.json(of: $0)
        },
        AnswerField("sync_status", .optional(.object(sync.schema())), "What consumers have taken") {
            $0.syncedReadings == nil ? .null : sync.json(of: $0)
        },
        AnswerField("anomalies", .optional(.map(.integer)), "Anomalous readings by type") { .counts($0.anomalies) },
        AnswerField("files", .map(.integer), "Bytes by file") {
            .object($0.files.map { JSONValue.Member(key: $0.name, value: .integer($0.bytes)) })
        },
    ]

    private static let performance: [AnswerField<DatabaseStatistics>] = [
        AnswerField("commits", .integer, "Transactions since the run began, over all restarts") {
            .integer($0.performance?.commits ?? 0)
        },
        AnswerField("readings_per_commit", .number, "Readings in a transaction, on average") {
            .figure($0.performance?.readingsPerCommit)
        },
        AnswerField("commit_seconds", .number, "How long a transaction takes, on average") {
            .rounded($0.performance.map { $0.commitDuration / .seconds(1) }, decimals: 6)
        },
        AnswerField("retries", .integer, "Transactions that had to be tried again") {
            .integer($0.performance?.retries ?? 0)
        },
    ]

    private static let sync: [AnswerField<DatabaseStatistics>] = [
        AnswerField("total", .integer, "Readings in the database") { .integer($0.totalReadings) },
        AnswerField("synced", .integer, "Readings that a consumer has taken") { .integer($0.syncedReadings ?? 0) },
        AnswerField("unsynced", .integer, "Readings that none has taken") {
            .integer($0.totalReadings - ($0.syncedReadings ?? 0))
        },
        AnswerField("sync_percentage", .number, "Share of the first, in percent") {
            guard $0.totalReadings > 0 else { return .integer(0) }
            return .rounded(100 * Double($0.syncedReadings ?? 0) / Double($0.totalReadings), decimals: 2)
        },
    ]
}
