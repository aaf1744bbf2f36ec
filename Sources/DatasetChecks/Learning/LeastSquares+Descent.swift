extension LeastSquares {
    private static let (roundLimit, precision) = (4_000, 1e-9)

    /// The best weights of which none is below 0, and the first at most so large, by descent along one weight after the other.
    func nonNegativeSolution(firstUpTo most: Double) -> [Double] {
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
