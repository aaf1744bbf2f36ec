/// The smallest step of a sensor's metric, `step` · 10⁻ᵈ, of which readings are whole multiples.
///
/// 0.01 is `step` 1 with 2 decimals; 0.0625 (a DS18B20) is `step` 625 with 4.
public struct Resolution: Hashable, Sendable {
    /// Digits behind the point in every reading's text, 0…6.
    public let decimals: Int
    /// Units of 10⁻ᵈ in one step.
    public let step: Int32

    /// A step of `step` · 10⁻ᵈ.
    public init(step: Int32, decimals: Int) {
        precondition(step > 0 && (0...6).contains(decimals))
        self.step = step
        self.decimals = decimals
    }

    /// Reads a plain decimal such as `0.01` or `0.0625`; nil unless it is positive with at most 6 decimals.
    public init?(parsing text: String) {
        guard let value = Rational(parsing: text) else { return nil }
        for decimals in 0...6 {
            let power = Int64.powerOfTen(decimals)!
            guard power % value.denominator == 0 else { continue }
            guard let step = Int32(exactly: value.numerator * (power / value.denominator)), step <= 100_000_000 else {
                return nil
            }
            self.init(step: step, decimals: decimals)
            return
        }
        return nil
    }

    /// One step in the metric's unit.
    public var value: Double { FixedPoint(count: Int64(step), decimals: decimals).double }

    /// 10ᵈ: how many counts one unit of the metric has.
    package var countsPerUnit: Double { Double(Int64.powerOfTen(decimals)!) }

    /// The decimal text of one step.
    public var text: String { FixedPoint(count: Int64(step), decimals: decimals).text }
}

extension Resolution {
    /// The outermost whole steps within limits that are given in steps, and may lie between two of them.
    ///
    /// A limit such as 1.1 is 110 steps of 0.01, although the product of the doubles is 110.00000000000001: what is as near to a
    /// whole number as rounding can have moved it is that number.
    ///
    /// - Precondition: ``hasWholeStep(within:)``.
    static func wholeSteps(within limits: ClosedRange<Double>) -> ClosedRange<Double> {
        let (lowest, highest) = outermostSteps(within: limits)
        return lowest...highest
    }

    /// Whether a whole step lies within limits that are given in steps.
    static func hasWholeStep(within limits: ClosedRange<Double>) -> Bool {
        let (lowest, highest) = outermostSteps(within: limits)
        return lowest <= highest
    }

    private static func outermostSteps(within limits: ClosedRange<Double>) -> (Double, Double) {
        // A decimal, its power of ten and the step are rounded one after the other: by up to two units in the last place together.
        func slack(_ limit: Double) -> Double { max(1e-9, 4 * limit.ulp) }
        let (low, high) = (limits.lowerBound, limits.upperBound)
        return ((low - slack(low)).rounded(.up), (high + slack(high)).rounded(.down))
    }
}
