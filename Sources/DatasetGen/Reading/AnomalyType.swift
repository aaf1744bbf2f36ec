/// The ways in which a sensor fails.
///
/// The raw value is the label that a row carries; 0 is a normal reading.
public enum AnomalyType: UInt8, CaseIterable, Sendable {
    /// A sudden jump of a metric.
    case spike = 1
    /// A gradual drift from the healthy value.
    case trend
    /// A disturbed cycle.
    case pattern
    /// A dropout: no values.
    case missingData
    /// Increased variance.
    case noise

    /// The text of the `anomaly_type` column and the recipe key.
    public var name: String {
        switch self {
        case .spike: "spike"
        case .trend: "trend"
        case .pattern: "pattern"
        case .missingData: "missing_data"
        case .noise: "noise"
        }
    }
}
