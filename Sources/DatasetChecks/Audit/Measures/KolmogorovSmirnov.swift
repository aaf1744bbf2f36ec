import DatasetGen

/// Whether numbers in 0…1 are spread evenly: the one-sample Kolmogorov-Smirnov test against the uniform distribution.
///
/// The statistic D is the largest distance between the share of numbers below x and x. Numbers are counted in 65,536
/// bins, so D is exact to 1.5 · 10⁻⁵ and memory does not grow with them. The p-value is Stephens' approximation
/// ("Use of the Kolmogorov-Smirnov, Cramér-von Mises and related statistics without extensive tables", J. R. Stat. Soc. B
/// 32, 1970): λ = D (√n + 0.12 + 0.11/√n) in Kolmogorov's limit, 2 Σ (−1)ⁱ⁻¹ exp(−2 i² λ²).
package struct KolmogorovSmirnov: Sendable {
    private static let binCount = 65_536
    private var bins: [Int64] = []
    /// How many numbers were counted.
    package private(set) var count: Int64 = 0

    package init() {}

    /// Counts a number of 0…1.
    package mutating func add(_ value: Double) {
        if bins.isEmpty { bins = Array(repeating: 0, count: Self.binCount) }
        bins[min(Self.binCount - 1, max(0, Int(value * Double(Self.binCount))))] += 1
        count += 1
    }

    /// The statistic D; nil without numbers.
    package var statistic: Double? {
        guard count > 0 else { return nil }
        var sum: Int64 = 0
        var largest = 0.0
        for (index, bin) in bins.enumerated() {
            // At both sides of the bin: where in it the numbers lie is not known, on average in its middle.
            let middle = (Double(index) + 0.5) / Double(Self.binCount)
            largest = max(largest, bin > 0 ? middle - Double(sum) / Double(count) : 0)
            sum += bin
            largest = max(largest, bin > 0 ? Double(sum) / Double(count) - middle : 0)
        }
        return largest
    }

    /// How likely uniform numbers are to be at least as uneven; nil without numbers.
    package var pValue: Double? {
        statistic.map { Self.pValue(statistic: $0, count: count) }
    }

    /// The share of the numbers at or above a limit; nil without numbers.
    package func share(atLeast limit: Double) -> Double? {
        guard count > 0 else { return nil }
        let first = Int((limit * Double(Self.binCount)).rounded(.up))
        return Double(bins[first...].reduce(0, +)) / Double(count)
    }

    /// The p-value of a statistic.
    package static func pValue(statistic: Double, count: Int64) -> Double {
        let root = Double(count).squareRoot()
        let lambda = statistic * (root + 0.12 + 0.11 / root)
        // Below, the series needs many terms, and its sum is 1 to six digits.
        guard lambda > 0.3 else { return 1 }
        var sum = 0.0
        for index in 1...100 {
            let exponent = -2 * Double(index * index) * lambda * lambda
            if exponent < -700 { break }
            sum += (index.isMultiple(of: 2) ? -2 : 2) * Elementary.exponential(exponent)
        }
        return min(1, max(0, sum))
    }
}
