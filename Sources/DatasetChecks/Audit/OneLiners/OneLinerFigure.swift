public import DatasetGen

/// How well the best one-liner finds the events of a type.
public struct OneLinerFigure: Sendable {
    /// The events of one difficulty.
    public struct Difficulty: Sendable {
        /// The value of the column `difficulty`.
        public let name: String
        /// Its events.
        public let events: Int64
        /// Those that the one-liner finds.
        public let hits: Int64

        /// The share that is found; nil without events.
        public var recall: Double? { events == 0 ? nil : Double(hits) / Double(events) }

        var json: JSONValue {
            [
                "difficulty": .string(name),
                "events": .integer(events),
                "recall": .rounded(recall, decimals: 4),
            ]
        }
    }

    /// The type.
    public let type: AnomalyType
    /// Its events on the sampled sensors.
    public let events: Int64
    /// The best one-liner.
    public let oneLiner: OneLiner
    /// Its threshold, in the metric's unit; with any metric, in healthy root mean squares.
    public let threshold: Double
    /// The F1 score by events.
    public let f1: Double
    /// The share of events found.
    public let recall: Double
    /// The share of alarms that are right.
    public let precision: Double
    /// The F1 score of a detector that flags readings at random, at its best rate.
    public let chanceF1: Double
    /// What the best one-liner finds of each difficulty; empty if the events have none.
    public let difficulties: [Difficulty]

    var json: JSONValue {
        [
            "anomaly_type": .string(type.name),
            "events": .integer(events),
            "one_liner": .string(oneLiner.text),
            "metric": .text(oneLiner.metric),
            "threshold": .rounded(threshold, decimals: 6),
            "f1": .rounded(f1, decimals: 4),
            "recall": .rounded(recall, decimals: 4),
            "precision": .rounded(precision, decimals: 4),
            "chance_f1": .rounded(chanceF1, decimals: 4),
            "difficulties": .array(difficulties.map(\.json)),
        ]
    }
}
