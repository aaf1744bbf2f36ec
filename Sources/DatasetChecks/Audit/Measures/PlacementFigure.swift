public import DatasetGen

/// How well what has happened tells when the next event of a type comes, or what it is like.
public struct PlacementFigure: Sendable {
    /// What is known beforehand.
    public enum Subject: String, Sendable {
        /// The time since the sensor's last event of the type: the area under the ROC curve.
        case timeSinceLast = "time_since_last_event"
        /// When another sensor had one: the share of a sensor's events at the lag that most of them have.
        case otherSensor = "lag_to_another_sensor"
        /// The lags of the same sensors under another seed: the share of events there at the lags that are most frequent here.
        case otherSeed = "lag_of_another_seed"
        /// The sensor's last difficulties: the share of difficulties that are guessed.
        case difficulties = "previous_difficulties"
        /// The sensor's last modes of missing data: the share of modes that are guessed.
        case modes = "previous_modes"
    }

    /// What is known beforehand.
    public let subject: Subject
    /// The type of the events.
    public let type: AnomalyType
    /// The events that the figure is taken from.
    public let events: Int
    /// What is reached; nil where there is nothing to measure.
    public let value: Double?
    /// What is reached without knowing anything.
    public let chance: Double
    /// Whether it tells.
    public let leaks: Verdict

    var json: JSONValue {
        [
            "subject": .string(subject.rawValue),
            "anomaly_type": .string(type.name),
            "events": .integer(Int64(events)),
            "value": .rounded(value, decimals: 4),
            "chance": .rounded(chance, decimals: 4),
            "leaks": .string(leaks.rawValue),
        ]
    }
}
