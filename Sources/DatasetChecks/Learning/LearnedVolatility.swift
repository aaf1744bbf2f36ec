import DatasetGen

/// By how much the short changes of a metric are larger at some times than at others, as far as that is its own.
///
/// Changes whose size varies have heavier ends than normal ones; how much later they are of a like size tells how slowly it
/// varies.
struct LearnedVolatility {
    /// The size that nine tenths of the changes from one bin to the next are below, over the one that half are below.
    private let ratio: Double
    /// The correlation of the sizes of two changes, by the bins between them.
    private let likenesses: [(lag: Int, value: Double)]
    private let count: Int
    private let width: Int64
    private let span: Int64

    /// Fewer changes tell nothing.
    private static let leastCount = 800
    /// What the ratio is of normal changes.
    private static let normalRatio = 2.439
    /// What is less may be chance; more is not to be had in a recipe.
    private static let range = 0.3...0.9
    /// So much of the changes has to be what may vary in size.
    private static let leastPart = 0.3
    /// Bins apart at which sizes are compared: changes that follow one another closely are not independent.
    private static let lags = [3, 4, 6, 8, 12, 16, 24, 32, 48]
    /// Periods that may be, in bins.
    private static let periods: [Double] = [6, 9, 13, 19, 28, 42, 63, 90]

    /// Nil for few changes.
    ///
    /// - Parameter rest: what is left of a metric without what comes from others.
    init?(_ rest: BinnedScores) {
        width = rest.width
        span = Int64(rest.count) * rest.width
        let changes = rest.bins.map { bins in zip(bins, bins.dropFirst()).map { abs($1 - $0) } }
        let sorted = changes.flatMap { $0.filter { !$0.isNaN } }.sorted()
        guard sorted.count >= Self.leastCount, sorted.quantile(0.5) > 0 else { return nil }
        count = sorted.count
        ratio = sorted.quantile(0.9) / sorted.quantile(0.5)
        // A fault is no larger than other large changes.
        let most = sorted.quantile(0.98)
        let mean = sorted.reduce(0) { $0 + min($1, most) } / Double(sorted.count)
        let variance =
            sorted.reduce(0) { $0 + (min($1, most) - mean) * (min($1, most) - mean) } / Double(sorted.count)
        var likenesses: [(lag: Int, value: Double)] = []
        for lag in Self.lags {
            var (sum, count) = (0.0, 0.0)
            for sizes in changes {
                for (one, other) in zip(sizes, sizes.dropFirst(lag)) where !one.isNaN && !other.isNaN {
                    sum += (min(one, most) - mean) * (min(other, most) - mean)
                    count += 1
                }
            }
            if count * 4 > Double(Self.leastCount), variance > 0 { likenesses.append((lag, sum / count / variance)) }
        }
        self.likenesses = likenesses
    }

    /// The volatility with which a wander's changes are most like those of the metric, and whether it leaves room for white
    /// noise; nil where there is none to speak of.
    func found(of wander: LearnedWander, _ task: LearnedWander.Task) -> (RedNoise.Volatility, isNoisy: Bool)? {
        guard ratio > Self.normalRatio * (1 + max(0.08, 4 / Double(count).squareRoot())) else { return nil }
        // Changes of one size beside them may leave no room for those of the metric: then there are none.
        guard let first = best(of: wander, task) else { return nil }
        if first.size < Self.range.upperBound - 0.01 { return (first, true) }
        return best(of: LearnedWander(task, wander.course, noise: 0), task).map { ($0, false) }
    }

    private func best(of wander: LearnedWander, _ task: LearnedWander.Task) -> RedNoise.Volatility? {
        var best: (found: RedNoise.Volatility, error: Double)?
        for bins in Self.periods {
            let period = Int64(bins * Double(width)).inRoundUnits
            guard period >= 1_000_000, period * 8 <= span else { continue }
            let changes = ScaledChanges(wander, task, after: width, upTo: period)
            guard changes.varyingPart >= Self.leastPart else { continue }
            let size = size(of: changes)
            let noise = RedNoise(period: period)
            let error = likenesses.reduce(0) { sum, likeness in
                let lag = Int64(likeness.lag) * width
                let expected = changes.likeness(size, after: lag, noise.correlation(after: lag))
                return sum + (expected - likeness.value) * (expected - likeness.value)
            }
            if best.map({ error < $0.error }) ?? true { best = (.init(size: size, period: period), error) }
        }
        guard var found = best?.found, found.size >= Self.range.lowerBound else { return nil }
        found.size = (found.size * 100).rounded() / 100
        return found
    }

    private func size(of changes: ScaledChanges) -> Double {
        var (low, high) = (0.0, Self.range.upperBound)
        for _ in 0..<10 {
            let middle = (low + high) / 2
            let deviations = changes.deviations(middle)
            let found = ScaledChanges.quantile(0.9, of: deviations) / ScaledChanges.quantile(0.5, of: deviations)
            if found < ratio { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
