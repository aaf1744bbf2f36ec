import DatasetGen

/// A share of anomalous readings, asked and realised.
public struct ShareFigure: Sendable {
    /// What the readings have in common.
    public enum Group: String, Sendable {
        /// Nothing: all readings.
        case all
        /// The readings of one type among all.
        case anomalyType = "anomaly_type"
        /// The sensors of one manufacturer.
        case manufacturer
        /// The sensors of one firmware version.
        case firmwareVersion = "firmware_version"
    }

    /// What the readings have in common.
    public let group: Group
    /// Which type, manufacturer or version.
    public let name: String
    /// Readings, omitted ones included.
    public let readings: Int64
    /// Anomalous readings among them.
    public let anomalous: Int64
    /// Events that the recipe lets expect.
    public let expectedEvents: Double
    /// The share that the recipe asks for.
    public let asked: Double
    /// The share that there is.
    public let realised: Double
    /// How far the two may be apart.
    public let tolerance: Double

    /// Realised by asked; nil if nothing is asked for.
    public var ratio: Double? { asked > 0 ? realised / asked : nil }

    /// Whether the share is as asked; too few where half of it would be, too.
    public var isAsAsked: Verdict {
        if (realised - asked).magnitude > tolerance { return .no }
        return tolerance > 0.5 * asked ? .tooFew : .yes
    }

    var json: JSONValue {
        [
            "group": .string(group.rawValue),
            "name": .string(name),
            "readings": .integer(readings),
            "anomalous": .integer(anomalous),
            "expected_events": .rounded(expectedEvents, decimals: 1),
            "asked": .rounded(asked, decimals: 6),
            "realised": .rounded(realised, decimals: 6),
            "ratio": .rounded(ratio, decimals: 4),
            "tolerance": .rounded(tolerance, decimals: 6),
            "as_asked": .string(isAsAsked.rawValue),
        ]
    }
}
