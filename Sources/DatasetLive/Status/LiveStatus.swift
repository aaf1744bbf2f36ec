public import DatasetGen

/// A live run at one instant.
public struct LiveStatus: Sendable {
    /// How a run is.
    public enum Health: String, Sendable {
        /// The database is being opened.
        case starting
        /// All is well.
        case healthy
        /// Readings wait, because the database cannot be written, the machine is too slow or the clock was set back; or the
        /// recipe, as it is now, cannot be followed.
        case degraded
        /// The run has ended.
        case stopped
    }

    /// How the run is.
    public var health = Health.starting
    /// What keeps the database from being written, while it does.
    public var problem: String?
    /// The same without paths and other words of the recipe.
    public var problemKind: String?
    /// What else is not as it should be, though readings are kept: one sentence each.
    public var warnings: [String] = []
    /// Whether the database takes readings.
    public var isDatabaseWritable = true
    /// The name of the dataset.
    public var name = ""
    /// The seed.
    public var seed: UInt64 = 0
    /// What the sensors measure.
    public var schema = MetricSchema.standard
    /// How many sensors report.
    public var sensorCount = 0
    /// How many of them measure each metric, by ``MetricDescription/index``; nil before the run has begun.
    public var measuringSensors: [Int]?
    /// When this process began the run, by the wall clock.
    public var startedAt = SimulatedTime.earliest
    /// Seconds since then.
    public var uptimeSeconds = 0.0
    /// Simulated seconds in one second.
    public var speed = 1.0
    /// The simulated instant that it is.
    public var simulatedTime = SimulatedTime.earliest
    /// The simulated instant of the run's first reading.
    public var runStart = SimulatedTime.earliest
    /// The simulated instant at which the run ends; nil for one without end.
    public var runEnd: SimulatedTime?
    /// Seconds until then, at this speed.
    public var remainingSeconds: Double?
    /// The simulated instant of the last reading that was written; nil before the first.
    public var newestReading: SimulatedTime?
    /// What the run has done since it began, over all restarts.
    public var totals = RunTotals(beganAt: .earliest)
    /// Rows that this process has written.
    public var rowsWritten: Int64 = 0
    /// Readings of the whole run so far, over all restarts, omitted ones included.
    public var readings: Int64 { totals.readings }
    /// Readings of the whole run, those still to come included; nil for one without end.
    public var plannedReadings: Int64?
    /// The `id` of the newest reading.
    public var newestReadingNumber: Int64 = 0
    /// Rows per second over the last seconds.
    public var rowsPerSecond = 0.0
    /// Readings per second that the recipe asks for, of all sensors, at this speed.
    public var askedReadingsPerSecond = 0.0
    /// Readings that are due and not written.
    ///
    /// They take no memory, since each is computed when it is written; so there is no limit to them.
    public var readingsWaiting: Int64 = 0
    /// Readings that a damaged database held and that could not be saved.
    public var readingsLost: Int64 { totals.lost }
    /// Readings that were saved from damaged databases.
    public var readingsSaved: Int64 { totals.saved }
    /// Readings that `live.max_catch_up` left out.
    public var readingsSkipped: Int64 { totals.skipped }
    /// Anomalous readings of the whole run so far, omitted ones included, by type.
    public var anomalies: [AnomalyType: Int64] {
        Dictionary(uniqueKeysWithValues: AnomalyType.allCases.map { ($0, totals.anomalies($0)) })
    }
    /// Errors since the run began.
    public var errorCount: Int64 { totals.errors }
    /// The last of them.
    public var lastError: String?
    /// When that was, by the wall clock.
    public var lastErrorAt: SimulatedTime?
    /// How far the feeds have come.
    public var feeds: [FeedStatus] = []
    /// The path of the database.
    public var databasePath = ""
    /// Bytes of the database and its write-ahead log.
    public var databaseBytes: Int64 = 0
    /// When readings were last committed, by the wall clock.
    public var lastWriteAt: SimulatedTime?
    /// Seconds from the instant of a reading until it was committed: the median over this process's live readings.
    public var latenessMedian: Double?
    /// The 99th percentile of that.
    public var latenessP99: Double?
    /// The greatest of that.
    public var latenessMaximum: Double?
    /// The recipe that the run follows, with every default, but for secrets.
    public var recipe: JSONValue = [:]
    /// The versions of the recipe that the run has followed, the current one last.
    public var versions: [AppliedVersion] = []
    /// Why the recipe's file, as it is now, is not followed, one line each; empty if it is.
    public var reloadErrors: [String] = []
    /// What the recipe says of the HTTP server, as last applied.
    public var monitoring = MonitoringParameters()
}
