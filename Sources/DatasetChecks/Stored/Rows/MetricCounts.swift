import DatasetGen

/// The counts of all metrics of one reading; those of metrics that there are not are NULL.
///
/// Four at a time, as vectors; a fifth metric costs an allocation.
struct MetricCounts: Equatable {
    /// Metrics to a vector.
    static let width = 4

    private var first: SIMD4<Int32>
    private var rest: [SIMD4<Int32>]

    /// NULL for all of some metrics.
    init(count: Int) {
        first = SIMD4(repeating: ReadingBlock.null)
        rest = count <= Self.width ? [] : Array(repeating: first, count: (count - 1) / Self.width)
    }

    /// The counts of a row of columns, per ``Metric/rawValue``.
    @inline(__always)
    init(_ columns: [[Int32]], row: Int) {
        self.init(count: columns.count)
        for metric in columns.indices { self[metric] = columns[metric][row] }
    }

    /// The vectors, of which the last one may be longer than there are metrics.
    var vectorCount: Int { 1 + rest.count }

    /// A vector.
    @inline(__always)
    func vector(_ index: Int) -> SIMD4<Int32> { index == 0 ? first : rest[index - 1] }

    /// The count of a metric, by ``Metric/rawValue``.
    @inline(__always)
    subscript(metric: Int) -> Int32 {
        get { metric < Self.width ? first[metric] : rest[metric / Self.width - 1][metric % Self.width] }
        set {
            if metric < Self.width {
                first[metric] = newValue
            } else {
                rest[metric / Self.width - 1][metric % Self.width] = newValue
            }
        }
    }
}

extension [Double] {
    /// The numbers of all metrics, four at a time; what there are no metrics for is `filler`.
    func vectors(filler: Double) -> [SIMD4<Double>] {
        stride(from: 0, to: count, by: MetricCounts.width)
            .map { first in
                SIMD4((first..<first + MetricCounts.width).map { $0 < count ? self[$0] : filler })
            }
    }
}
