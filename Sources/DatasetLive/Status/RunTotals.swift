public import DatasetGen

/// What a run has done since it began, over all restarts.
///
/// It stands in the database beside the checkpoint, so that what is counted after a restart has the beginning of what was
/// counted before.
public struct RunTotals: Hashable, Sendable {
    /// When the run began, by the wall clock.
    public var beganAt: SimulatedTime
    /// Seconds that it has been running, without what lay between its processes.
    public var runningSeconds = 0.0
    /// Readings, omitted ones included.
    public var readings: Int64 = 0
    /// Rows: readings without omitted ones.
    public var rows: Int64 = 0
    /// Readings that `live.max_catch_up` left out.
    public var skipped: Int64 = 0
    /// Readings that a damaged database held and that could not be saved.
    public var lost: Int64 = 0
    /// Readings that were saved from damaged databases.
    public var saved: Int64 = 0
    /// Errors, those included that a retry has mended.
    public var errors: Int64 = 0
    /// Changed recipes that were not followed.
    public var refusals: Int64 = 0
    /// Transactions.
    public var commits: Int64 = 0
    /// Seconds that they took.
    public var commitSeconds = 0.0
    /// Transactions that failed and were tried again.
    public var retries: Int64 = 0
    /// Seconds from the instants of readings until they were committed, summed up over ``latenessCount`` readings.
    public var latenessSum = 0.0
    /// The readings that were not backfill.
    public var latenessCount: Int64 = 0
    /// Readings by ``AnomalyType/rawValue``; 0 is normal.
    var labels = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)

    /// A run that begins.
    public init(beganAt: SimulatedTime) {
        self.beganAt = beganAt
    }

    /// Adds what came of a damaged database.
    mutating func add(_ rescued: DatabaseRescue.Result) {
        saved += rescued.saved
        lost += rescued.lost
    }

    /// Anomalous readings of a type, omitted ones included.
    public func anomalies(_ type: AnomalyType) -> Int64 { labels[Int(type.rawValue)] }
}
