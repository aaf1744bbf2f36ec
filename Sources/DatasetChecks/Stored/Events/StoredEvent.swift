import DatasetGen

/// A row of `events.csv`, as far as an audit looks at it.
struct StoredEvent {
    /// What the event does to the rows of its readings.
    enum Rows {
        /// They stay and hold values.
        case kept
        /// They stay and hold NULL.
        case null
        /// There are none.
        case omitted
    }

    /// `event_id`.
    var id: Int64
    /// The sensor's index in the fleet.
    var sensor: Int
    var type: AnomalyType
    var metrics: MetricSet
    /// The ticks that it lasts, cut to the run; never empty.
    var ticks: Range<Int64>
    /// `first_reading` − 1 and `last_reading` − 1.
    var firstPosition: Int64
    var lastPosition: Int64
    var rows: Rows
    /// Whether the start or the end of the run cuts it.
    var isTruncated: Bool
    /// An index into ``StoredEvents/difficulties``; −1 without a difficulty.
    var difficulty: Int
    /// What becomes of lost readings, by its place among all modes; nil for other types.
    var mode: Int?
    /// `cause_id`: the incident that causes it; nil where the sensor fails by itself.
    var incident: String?

    /// Whether an incident causes it, and not the sensor by itself.
    var isOfIncident: Bool { incident != nil }

    /// Whether there is an event before its first reading that could not be in the run.
    var isCutAtStart: Bool { isTruncated && ticks.lowerBound == 0 }

    /// Whether the end of a run of so many ticks cuts it.
    func isCutAtEnd(tickCount: Int64) -> Bool { isTruncated && ticks.upperBound == tickCount }
}
