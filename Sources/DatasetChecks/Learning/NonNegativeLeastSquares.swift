/// Least squares by weights of which none is below 0, by descent along one weight after the other.
struct NonNegativeLeastSquares {
    private let count: Int
    /// Row after row of XᵀX, and Xᵀy.
    private var matrix: [Double]
    private var right: [Double]

    private static let (roundLimit, precision) = (4_000, 1e-9)

    /// Of so many regressors.
    init(regressors count: Int) {
        self.count = count
        matrix = Array(repeating: 0, count: count * count)
        right = Array(repeating: 0, count: count)
    }

    /// Takes an observation, which counts as much as its weight says.
    mutating func add(_ regressors: [Double], _ value: Double, weight: Double) {
        let square = weight * weight
        for row in 0..<count {
            for column in 0..<count {
                matrix[row * count + column] += square * regressors[row] * regressors[column]
            }
            right[row] += square * regressors[row] * value
        }
    }

    /// The weights, the first of which is at most so large.
    func solution(firstUpTo most: Double) -> [Double] {
        var weights = [Double](repeating: 0, count: count)
        for _ in 0..<Self.roundLimit {
            var change = 0.0
            for index in 0..<count {
                let diagonal = matrix[index * count + index]
                guard diagonal > 0 else { continue }
                var slope = right[index]
                for other in 0..<count { slope -= matrix[index * count + other] * weights[other] }
                var next = max(0, weights[index] + slope / diagonal)
                if index == 0 { next = min(next, most) }
                change = max(change, abs(next - weights[index]))
                weights[index] = next
            }
            if change < Self.precision { break }
        }
        return weights
    }
}
