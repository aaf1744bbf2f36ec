/// A set of metrics.
public struct MetricSet: OptionSet, Hashable, Sendable {
    /// Bit `n` stands for the metric with raw value `n`.
    public let rawValue: UInt64

    /// The set with these bits.
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The set of one metric.
    public init(_ metric: Metric) {
        rawValue = 1 << UInt64(metric.rawValue)
    }

    /// The set of some metrics.
    public init(_ metrics: [Metric]) {
        rawValue = metrics.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    }

    /// The metrics in the order of the columns.
    public var elements: [Metric] {
        var (metrics, rest): ([Metric], UInt64) = ([], rawValue)
        while rest != 0 {
            metrics.append(Metric(rawValue: rest.trailingZeroBitCount))
            rest &= rest &- 1
        }
        return metrics
    }

    /// Whether the metric of a column is one of them.
    @inline(__always)
    func contains(column: Int) -> Bool { rawValue >> UInt64(column) & 1 == 1 }

    /// The metrics' names with semicolons between them.
    package func names(of schema: MetricSchema) -> String {
        elements.map { schema[$0].name }.joined(separator: ";")
    }
}
