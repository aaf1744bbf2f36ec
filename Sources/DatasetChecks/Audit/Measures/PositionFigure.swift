public import DatasetGen

/// Where in the run the events of a type begin.
public struct PositionFigure: Sendable {
    /// The type.
    public let type: AnomalyType
    /// Events that no end of the run cuts.
    public let events: Int64
    /// The Kolmogorov-Smirnov test's p-value against an even spread.
    public let pValue: Double
    /// Events that begin in the last tenth.
    public let lastTenthShare: Double

    /// Whether they begin evenly over the run; the test says little about fewer than twenty.
    public var areEven: Verdict {
        if pValue < 0.001 { return .no }
        return events < 20 ? .tooFew : .yes
    }

    var json: JSONValue {
        [
            "anomaly_type": .string(type.name),
            "events": .integer(events),
            "even": .string(areEven.rawValue),
            "ks_p_value": .rounded(pValue, decimals: 6),
            "last_tenth_share": .rounded(lastTenthShare, decimals: 6),
        ]
    }
}
