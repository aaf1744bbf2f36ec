/// The cumulative normal distribution and its inverse, from a table: both from the same one, so that each undoes the
/// other.
///
/// Simpson's rule in steps of 1/128 from −8 to 8, and a straight line within a step: the error is below 2 · 10⁻⁶.
package struct NormalCurve: Sendable {
    /// The one table.
    package static let shared = NormalCurve()
    private static let (reach, steps) = (8.0, 128.0)
    /// At −8 + i/128.
    private let probabilities: [Double]

    private init() {
        func density(_ x: Double) -> Double { Elementary.exponential(-0.5 * x * x) * 0.398_942_280_401_432_7 }
        let width = 1 / Self.steps
        var sums = [0.0]
        for index in 0..<Int(2 * Self.reach * Self.steps) {
            let x = Double(index) * width - Self.reach
            sums.append(sums[index] + (density(x) + 4 * density(x + width / 2) + density(x + width)) * width / 6)
        }
        let total = sums[sums.count - 1]
        probabilities = sums.map { $0 / total }
    }

    /// The probability that a standard normal deviate is below `x`.
    package func probability(below x: Double) -> Double {
        let place = (min(max(x, -Self.reach), Self.reach) + Self.reach) * Self.steps
        let index = min(Int(place), probabilities.count - 2)
        return probabilities[index] + (place - Double(index)) * (probabilities[index + 1] - probabilities[index])
    }

    /// The deviate below which lies a probability of 0…1.
    ///
    /// - Complexity: O(log *n*) in the table's size.
    package func deviate(_ probability: Double) -> Double {
        var (low, high) = (0, probabilities.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if probabilities[middle] <= probability { low = middle } else { high = middle }
        }
        let rise = probabilities[high] - probabilities[low]
        let part = rise > 0 ? min(max((probability - probabilities[low]) / rise, 0), 1) : 0
        return (Double(low) + part) / Self.steps - Self.reach
    }
}
