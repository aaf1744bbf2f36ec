#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Logistic regression on features and their squares: what a careful reader tells two kinds of days apart by.
struct QuadraticClassifier {
    private let means: [Double]
    private let widths: [Double]
    private var weights: [Double]

    /// Steps of Newton's method; it has come to rest after fewer.
    private static let stepLimit = 12
    /// The prior of the weights, as if so many days spoke for zero.
    private static let ridge = 2.0

    /// Learns which features are those of the second kind.
    init(_ features: [[Double]], isSecond: [Bool]) {
        let (count, width) = (Double(max(1, features.count)), features.first?.count ?? 0)
        let means = (0..<width).map { column in features.reduce(0) { $0 + $1[column] } / count }
        let widths = (0..<width)
            .map { column in
                let square = features.reduce(0) { sum, row in
                    sum + (row[column] - means[column]) * (row[column] - means[column])
                }
                return max((square / count).squareRoot(), 1e-12)
            }
        (self.means, self.widths) = (means, widths)
        weights = [Double](repeating: 0, count: 1 + 2 * width)
        let rows = features.map { Self.expanded($0, means, widths) }
        for _ in 0..<Self.stepLimit {
            // Newton's step for the likelihood with a normal prior: weighted least squares of the working response.
            var sums = LeastSquares(regressors: weights.count)
            for (row, second) in zip(rows, isSecond) {
                let probability = Self.probability(row, weights)
                let weight = max(probability * (1 - probability), 1e-6)
                let root = weight.squareRoot()
                let linear = zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }
                let response = linear + ((second ? 1 : 0) - probability) / weight
                sums.add(row.map { $0 * root }, response * root)
            }
            for column in 1..<weights.count {
                var prior = [Double](repeating: 0, count: weights.count)
                prior[column] = Self.ridge.squareRoot()
                sums.add(prior, 0)
            }
            guard let next = sums.solution else { return }
            let change = zip(next, weights).reduce(0) { max($0, abs($1.0 - $1.1)) }
            weights = next
            if change < 1e-4 { return }
        }
    }

    /// How much features are like those of the second kind.
    func score(_ features: [Double]) -> Double {
        zip(Self.expanded(features, means, widths), weights).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private static func expanded(_ features: [Double], _ means: [Double], _ widths: [Double]) -> [Double] {
        // Cut at four deviations: a single odd day shall not decide.
        let standard = features.indices.map { min(max((features[$0] - means[$0]) / widths[$0], -4), 4) }
        return [1] + standard + standard.map { $0 * $0 - 1 }
    }

    private static func probability(_ row: [Double], _ weights: [Double]) -> Double {
        let linear = zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return 1 / (1 + exp(-min(max(linear, -30), 30)))
    }
}
