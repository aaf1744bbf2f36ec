/// A set of metrics.
public struct MetricSet: OptionSet, Hashable, Sendable {
    /// Bit `n` stands for the metric with raw value `n`.
    public let rawValue: UInt8

    /// The set with these bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The set of one metric.
    public init(_ metric: Metric) {
        rawValue = 1 << UInt8(metric.rawValue)
    }

    /// All metrics.
    public static let all = MetricSet(rawValue: (1 << UInt8(Metric.count)) - 1)

    /// The metrics in the order of the columns.
    public var elements: [Metric] { Metric.allCases.filter { contains(MetricSet($0)) } }

    /// The metrics' names with semicolons between them.
    var names: String { Self.namesOfSets[Int(rawValue)] }

    private static let namesOfSets = (0...MetricSet.all.rawValue)
        .map { MetricSet(rawValue: $0).elements.map(\.name).joined(separator: ";") }
}
