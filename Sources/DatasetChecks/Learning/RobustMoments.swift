/// Figures of numbers some of which may be faults.
enum RobustMoments {
    /// The root of the mean square by the smaller 95 % of the sizes; by all where those are zero.
    ///
    /// Of normal deviates cut at their 95 % quantile of absolute values, 1.96, the mean square is 0.7585.
    static func rootMeanSquare(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        let squares = values.map { $0 * $0 }.sorted()
        let kept = squares.prefix(max(1, squares.count * 95 / 100))
        let mean = kept.reduce(0, +) / Double(kept.count) / 0.7585
        return (mean > 0 ? mean : squares.reduce(0, +) / Double(squares.count)).squareRoot()
    }
}
