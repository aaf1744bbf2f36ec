public import DatasetGen

/// A run's counters, rates and health at one moment.
public struct RunStatus: Sendable {
    /// Who drives the clock.
    public enum Mode: String, Sendable {
        /// The wall clock.
        case live
        /// Nobody: as fast as it goes.
        case batch
    }

    /// The dataset's name.
    public var name: String
    /// Who drives the clock.
    public var mode: Mode
    /// Whether readings are being made.
    public var isRunning = true

    /// Readings made by this run since ``startedAt``, those of anomalous sensors included.
    public var readings: Int64 = 0
    /// Those of them that were made before ``elapsed`` began to count.
    public var earlierReadings: Int64 = 0
    /// Readings to make, or nil for a run without an end.
    public var plannedReadings: Int64?
    /// Anomalous readings by type; nil where they are not counted.
    public var anomalies: AnomalyCounts?
    /// Readings a second, lately.
    public var readingsPerSecond = 0.0
    /// How long the run has been running; a run that goes on after a restart counts from its beginning.
    public var elapsed: Duration = .zero
    /// When the run began, from which everything is counted; nil if that is not known.
    public var startedAt: SimulatedTime?
    /// Wall-clock time until it ends, or nil if that is not known.
    public var remaining: Duration?
    /// The time of the newest reading.
    public var newestReading: SimulatedTime?
    /// How late readings appear; nil for batch runs.
    public var lateness: Lateness?

    /// Errors since the run began, those included that a retry has mended.
    public var errors: Int64 = 0
    /// Readings that wait for the disk.
    public var bufferedReadings: Int64 = 0
    /// Readings that are lost for good.
    public var lostReadings: Int64 = 0
    /// Readings that were left out because they were too old to be caught up.
    public var skippedReadings: Int64 = 0
    /// Whether the database takes readings.
    public var isDatabaseHealthy = true
    /// How far feeds have come; none where nothing is fed.
    public var feeds: [FeedProgress] = []
    /// What is wrong now; empty if all is well.
    public var problems: [RunProblem] = []

    /// What the sensors measure.
    public var schema = MetricSchema.standard
    /// Sensors in the fleet.
    public var sensorCount: Int = 1
    /// How many of them measure each metric, by ``MetricDescription/index``; nil where all do.
    public var measuringSensors: [Int]?
    /// The only sensor, or the first.
    public var sensor: MonitoredSensor?
    /// The settings in effect; what looks like a secret is blanked before it leaves the server.
    public var configuration: JSONValue = [:]
    /// Which settings are in effect since when; nil where they cannot change.
    public var reload: ReloadStatus?

    /// A run that has just begun.
    public init(name: String, mode: Mode) {
        self.name = name
        self.mode = mode
    }
}
