/// Section `database`: the live mode's SQLite database.
public struct DatabaseParameters: Hashable, Sendable {
    /// Path of the database file.
    public var path: String?
    /// How SQLite keeps transactions.
    public var journalMode: JournalMode?
    /// Milliseconds to wait for a lock.
    public var busyTimeoutMilliseconds: Int?
    /// SQLite's page cache, in pages.
    public var cacheSize: Int?
    /// Readings per transaction.
    public var batchSize: Int?
    /// The size in MiB at which writing stops.
    public var maximumSizeMegabytes: Double?
    /// What happens at that size.
    public var atMaximumSize: SizeLimitAction?
    /// Path of a file to which readings are appended as JSON Lines, too.
    public var jsonLinesPath: String?
    /// Whether readings are stored, rather than only where the run stands.
    public var storesReadings: Bool?
    /// Whether a database that exists is continued rather than replaced.
    public var preservesExisting: Bool?
    /// Whether backups are made.
    public var makesBackups: Bool?
    /// Folder of the backups.
    public var backupPath: String?
    /// Hours between backups.
    public var backupIntervalHours: Double?
    /// How many backups are kept.
    public var maximumBackups: Int?

    /// No settings.
    public init() {}

    /// Where the database is unless stated otherwise.
    package static let defaultPath = "data/sensor_data.db"
}

/// How SQLite keeps transactions, by its own names.
public enum JournalMode: String, CaseIterable, Sendable {
    /// In a write-ahead log beside the database: readers and the run do not wait for each other.
    case wal
    /// In a journal that is deleted after each: for file systems without shared memory, such as network volumes.
    case delete
}

/// What the live mode does when its database has the greatest size.
public enum SizeLimitAction: String, CaseIterable, Sendable {
    /// The run ends.
    case stop
    /// The database is set aside under a dated name, and a new one continues it.
    case rotate
}

extension DatabaseParameters {
    static let definition = SectionDefinition(
        name: "database",
        summary: "The SQLite database of the live mode.",
        fields: [
            Field("path", plain: \.path, .path, default: defaultPath, "Path of the database file."),
            Field(
                "journal_mode",
                plain: \.journalMode,
                .choice,
                default: "wal",
                "How SQLite keeps transactions: in a write-ahead log, or in a journal that is deleted after each, for network "
                    + "volumes and other file systems without shared memory."
            ),
            Field(
                "busy_timeout",
                plain: \.busyTimeoutMilliseconds,
                .integer(0...3_600_000),
                default: "30000",
                "Milliseconds to wait while another program holds the database."
            ),
            Field(
                "cache_size",
                plain: \.cacheSize,
                .integer(-100_000_000...100_000_000),
                "SQLite's page cache: pages, or KiB if negative."
            ),
            Field("batch_size", plain: \.batchSize, .integer(1...1_000_000), "Readings per transaction."),
            Field(
                "max_size_mb",
                plain: \.maximumSizeMegabytes,
                .number(.above(0, to: 1e9)),
                "Size in MiB at which writing stops."
            ),
            Field(
                "at_max_size",
                plain: \.atMaximumSize,
                .choice,
                default: "stop",
                "At `max_size_mb`: end the run, or set the file aside under a dated name and go on in a new one."
            ),
            Field(
                "json_lines",
                plain: \.jsonLinesPath,
                .path,
                "Path of a file to which readings are appended as JSON Lines, too."
            ),
            Field(
                "store_readings",
                plain: \.storesReadings,
                .bool,
                default: "true",
                "Store readings; `false` for a run that only feeds brokers: the database holds what it takes to go on."
            ),
            Field(
                "preserve_existing_db",
                plain: \.preservesExisting,
                .bool,
                default: "false",
                "Continue a database that exists rather than replace it."
            ),
            Field("backup_enabled", plain: \.makesBackups, .bool, default: "false", "Make backups."),
            Field("backup_path", plain: \.backupPath, .path, "Folder of the backups."),
            Field(
                "backup_interval_hours",
                plain: \.backupIntervalHours,
                .number(.above(0, to: 87_600)),
                default: "24",
                "Hours between backups."
            ),
            Field("max_backups", plain: \.maximumBackups, .integer(1...10_000), default: "5", "Backups to keep."),
        ],
        empty: { DatabaseParameters() }
    )
}
