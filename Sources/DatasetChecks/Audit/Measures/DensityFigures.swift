import DatasetGen

/// How densely the anomalies of a dataset lie.
public struct DensityFigures: Sendable {
    /// All events.
    public let events: Int64
    /// Readings of events among all.
    public let anomalousShare: Double
    /// Events per sensor and day.
    public let eventsPerSensorDay: Double
    /// Readings of the longest event.
    public let longestEventReadings: Int64
    /// The longest event as a share of the run.
    public let longestEventShare: Double
    /// Normal readings between two events of a sensor, the median; nil without two events.
    public let medianGapReadings: Int64?

    var json: JSONValue {
        [
            "events": .integer(events),
            "anomalous_share": .rounded(anomalousShare, decimals: 6),
            "events_per_sensor_day": .rounded(eventsPerSensorDay, decimals: 4),
            "longest_event_readings": .integer(longestEventReadings),
            "longest_event_share": .rounded(longestEventShare, decimals: 6),
            "median_gap_readings": medianGapReadings.map { .integer($0) } ?? .null,
        ]
    }
}
