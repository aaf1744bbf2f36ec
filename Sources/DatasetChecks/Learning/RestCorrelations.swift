import DatasetGen

/// How what is left of metrics without cycles correlates, some bins of time apart.
struct RestCorrelations {
    /// The most bins that are looked at.
    let reach: Int
    /// Microseconds of a bin.
    let width: Int64
    private let count: Int
    /// By pair of metrics, the first of which is not before the second, and by bins that it is later from −reach on.
    private let correlations: [[Double]]

    private static let reachLimit = 48
    /// Products that are summed up for all pairs and lags.
    private static let effort = 3_000_000_000

    init(_ rests: [BinnedScores]) {
        count = rests.count
        let bins = rests.map(\.count).min() ?? 0
        let reach = min(Self.reachLimit, bins / 8)
        self.reach = reach
        width = rests.first?.width ?? 1
        let pairs = rests.indices.flatMap { one in (0...one).map { (one, $0) } }
        let most = Self.effort / max(1, pairs.count * (2 * reach + 1))
        let all = bins * (rests.map(\.bins.count).min() ?? 0)
        let step = max(1, all / max(1, most))
        correlations =
            inParallel(pairs.count, atLeast: 1) { range in
                range.map { number in
                    let (one, other) = pairs[number]
                    return (-reach...reach)
                        .map { rests[one].correlation(with: rests[other], lag: $0, everyBin: step) }
                }
            }
            .flatMap { $0 }
    }

    /// The correlation of a metric with another so many bins earlier.
    func between(_ one: Int, _ other: Int, lag: Int) -> Double {
        let (first, second, bins) = one >= other ? (one, other, lag) : (other, one, -lag)
        return abs(bins) > reach ? 0 : correlations[first * (first + 1) / 2 + second][bins + reach]
    }
}
