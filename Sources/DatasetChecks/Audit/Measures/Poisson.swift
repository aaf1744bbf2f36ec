import DatasetGen

/// The Poisson distribution.
enum Poisson {
    /// The probability of `count` or more where `mean` are expected.
    static func probability(ofAtLeast count: Int, mean: Double) -> Double {
        guard count > 0 else { return 1 }
        guard mean > 0 else { return 0 }
        guard Double(count) > mean else { return 1 }
        // The first term by logarithms, as factorials leave Double's range; from there on terms fall.
        var logarithm = Double(count) * Elementary.logarithm(mean) - mean
        for factor in 1...count { logarithm -= Elementary.logarithm(Double(factor)) }
        var term = Elementary.exponential(max(-700, logarithm))
        var (sum, next) = (0.0, count)
        while term > sum * 1e-12 {
            sum += term
            next += 1
            term *= mean / Double(next)
        }
        return min(1, sum)
    }
}
