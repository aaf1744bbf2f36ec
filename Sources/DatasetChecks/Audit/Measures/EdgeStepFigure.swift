public import DatasetGen

/// How many events of a type a step gives away.
public struct EdgeStepFigure: Sendable {
    /// The type.
    public let type: AnomalyType
    /// Its events.
    public let events: Int64
    /// Events with a rare step into their first reading.
    public let intoShare: Double
    /// Events with a rare step out of their last reading.
    public let outShare: Double
    /// Events with one of the two.
    public let eitherShare: Double

    var json: JSONValue {
        [
            "anomaly_type": .string(type.name),
            "events": .integer(events),
            "into_share": .rounded(intoShare, decimals: 6),
            "out_share": .rounded(outShare, decimals: 6),
            "either_share": .rounded(eitherShare, decimals: 6),
        ]
    }
}
