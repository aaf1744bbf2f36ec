/// Section `logging`.
public struct LoggingParameters: Hashable, Sendable {
    /// The least severity that is logged.
    public var level: LogLevel?
    /// Path of a log file.
    public var file: String?
    /// How a line is laid out, with the placeholders of Python's `logging` module.
    public var format: String?
    /// Whether the log goes to standard error too.
    public var logsToConsole: Bool?
    /// The size in MiB at which a log file is rotated.
    public var maximumFileSizeMegabytes: Double?
    /// How many rotated files are kept.
    public var backupCount: Int?

    /// No settings.
    public init() {}
}

/// The severity of a line of the log.
public enum LogLevel: String, CaseIterable, Sendable {
    /// Details for finding faults.
    case debug = "DEBUG"
    /// What the program does.
    case info = "INFO"
    /// What may be wrong.
    case warning = "WARNING"
    /// What failed.
    case error = "ERROR"
    /// What ends the program.
    case critical = "CRITICAL"
}

extension LoggingParameters {
    static let definition = SectionDefinition(
        name: "logging",
        summary: "The log of live runs, and of batch runs with `--monitor`.",
        fields: [
            Field("level", plain: \.level, .choice, default: "INFO", "Least severity that is logged."),
            Field("file", plain: \.file, .path, "Path of a log file."),
            Field(
                "format",
                plain: \.format,
                .logFormat,
                default: "text",
                "Layout of a line: `text`, `json`, or with Python's placeholders, `%(message)s` among them: `%(asctime)s`, "
                    + "`%(levelname)-8s`, `%(name)s`, `%(msecs)03d`, `%(levelno)d`, `%(process)d`, `%(created)f`."
            ),
            Field(
                "console_output",
                plain: \.logsToConsole,
                .bool,
                default: "true",
                "Log to standard error."
            ),
            Field(
                "max_file_size_mb",
                plain: \.maximumFileSizeMegabytes,
                .number(.above(0, to: 1e6)),
                default: "10",
                "Size in MiB at which a log file is rotated."
            ),
            Field(
                "backup_count",
                plain: \.backupCount,
                .integer(0...10_000),
                default: "5",
                "Rotated log files to keep."
            ),
        ],
        empty: { LoggingParameters() }
    )
}
