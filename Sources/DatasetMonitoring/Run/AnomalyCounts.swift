public import DatasetGen

/// Anomalous readings by type.
public struct AnomalyCounts: Hashable, Sendable {
    private var counts = [Int64](repeating: 0, count: AnomalyType.allCases.count)

    /// No anomalies.
    public init() {}

    /// The readings of a type.
    public subscript(type: AnomalyType) -> Int64 {
        get { counts[Int(type.rawValue) - 1] }
        set { counts[Int(type.rawValue) - 1] = newValue }
    }

    /// The readings of all types.
    public var total: Int64 { counts.reduce(0, +) }
}
