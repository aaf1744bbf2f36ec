/// Sums from which the best weights of some regressors follow, whatever the number of observations.
struct LeastSquares {
    let count: Int
    /// Row after row of XᵀX, and Xᵀy.
    private(set) var matrix: [Double]
    private(set) var right: [Double]

    /// Of so many regressors.
    init(regressors count: Int) {
        self.count = count
        matrix = Array(repeating: 0, count: count * count)
        right = Array(repeating: 0, count: count)
    }

    /// Of sums that are known: row after row of XᵀX, and Xᵀy.
    init(matrix: [Double], right: [Double]) {
        (count, self.matrix, self.right) = (right.count, matrix, right)
    }

    /// Takes an observation, which counts as much as its weight says.
    mutating func add(_ regressors: [Double], _ value: Double, weight: Double = 1) {
        let square = weight * weight
        for row in 0..<count {
            for column in 0..<count {
                matrix[row * count + column] += square * regressors[row] * regressors[column]
            }
            right[row] += square * regressors[row] * value
        }
    }

    /// The weights; nil where the regressors cannot be told apart.
    var solution: [Double]? {
        var (matrix, right) = (matrix, right)
        for pivot in 0..<count {
            // Gaussian elimination with the largest pivot of the column.
            let best =
                (pivot..<count).max { abs(matrix[$0 * count + pivot]) < abs(matrix[$1 * count + pivot]) } ?? pivot
            guard abs(matrix[best * count + pivot]) > 1e-9 else { return nil }
            if best != pivot {
                for column in 0..<count { matrix.swapAt(best * count + column, pivot * count + column) }
                right.swapAt(best, pivot)
            }
            for row in pivot + 1..<count {
                let factor = matrix[row * count + pivot] / matrix[pivot * count + pivot]
                if factor == 0 { continue }
                for column in pivot..<count { matrix[row * count + column] -= factor * matrix[pivot * count + column] }
                right[row] -= factor * right[pivot]
            }
        }
        for row in (0..<count).reversed() {
            for column in row + 1..<count { right[row] -= matrix[row * count + column] * right[column] }
            right[row] /= matrix[row * count + row]
        }
        return right
    }
}
