public import DatasetGen

/// What is known of a run's database.
///
/// A value that costs a scan of the table may be some seconds old; ``totalReadings`` and ``bytes`` are current.
public struct DatabaseStatistics: Sendable {
    /// A file of the database and its size.
    public struct File: Hashable, Sendable {
        /// Its name, without its folder.
        public var name: String
        /// Its size in bytes.
        public var bytes: Int64

        /// A file.
        public init(name: String, bytes: Int64) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// A table and the number of its rows.
    public struct Table: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its rows.
        public var rows: Int64

        /// A table.
        public init(name: String, rows: Int64) {
            self.name = name
            self.rows = rows
        }
    }

    /// How fast readings are written.
    public struct Performance: Hashable, Sendable {
        /// Transactions since the run began.
        public var commits: Int64
        /// Readings in a transaction, on average.
        public var readingsPerCommit: Double
        /// How long a transaction takes, on average.
        public var commitDuration: Duration
        /// Transactions that had to be tried again because another program held the database.
        public var retries: Int64

        /// Figures of the transactions.
        public init(commits: Int64, readingsPerCommit: Double, commitDuration: Duration, retries: Int64) {
            self.commits = commits
            self.readingsPerCommit = readingsPerCommit
            self.commitDuration = commitDuration
            self.retries = retries
        }
    }

    /// Readings in the database, those of earlier runs included.
    public var totalReadings: Int64
    /// Readings that a consumer has marked as synchronised; nil if not counted.
    public var syncedReadings: Int64?
    /// Anomalous readings in the database by type; nil if not counted.
    public var anomalies: AnomalyCounts?
    /// When readings were last written.
    public var lastWrite: SimulatedTime?
    /// The database's files, the main one first.
    public var files: [File] = []
    /// Its tables.
    public var tables: [Table] = []
    /// The names of its indexes.
    public var indexes: [String] = []
    /// How fast readings are written.
    public var performance: Performance?

    /// A database with this many readings.
    public init(totalReadings: Int64) {
        self.totalReadings = totalReadings
    }

    /// The size of all files.
    public var bytes: Int64 { files.reduce(0) { $0 + $1.bytes } }
}
