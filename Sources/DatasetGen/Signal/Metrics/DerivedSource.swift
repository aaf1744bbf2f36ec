/// Evaluates a ``Formula`` over columns of readings: the model `derived`.
///
/// A result that is no number or lies beyond the limits is ``null``: such a reading is missing, never moved to a bound.
package struct DerivedSource {
    /// The count that stands for a missing reading; no resolution's limits reach it.
    package static let null = Int32.min

    private let formula: Formula
    /// Steps in one unit, and counts of 10⁻ᵈ in one step.
    private let steps: (perUnit: Double, size: Int32)
    private let limits: ClosedRange<Double>
    /// 10ᵈ of each input, by its index in the formula's names.
    private let decimals: [Double]
    private let used: [Int]
    private var stack: [[Double]]

    /// A source; `inputs` are the resolutions of the formula's names.
    package init(_ formula: Formula, resolution: Resolution, limits: ClosedRange<Double>, inputs: [Resolution]) {
        self.formula = formula
        self.limits = limits
        steps = (1 / resolution.value, resolution.step)
        decimals = inputs.map(\.countsPerUnit)
        used = formula.metrics.sorted()
        stack = Array(repeating: [], count: formula.depth)
    }

    /// Writes the counts of the first `count` readings of the inputs' columns.
    package mutating func fill(count: Int, of inputs: [[Int32]], into column: inout [Int32]) {
        evaluate(count: count, inputs)
        let limit = Int64(steps.size)
        for index in 0..<count { column[index] = counts(of: stack[0][index], limit) }
        // Whatever a formula makes of a missing reading, it is missing.
        for metric in used {
            for index in 0..<count where inputs[metric][index] == Self.null { column[index] = Self.null }
        }
    }

    /// The nearest multiple of the resolution; ``null`` beyond the limits.
    private func counts(of value: Double, _ step: Int64) -> Int32 {
        guard limits.contains(value) else { return Self.null }
        return Int32(exactly: Int64((value * steps.perUnit).rounded(.toNearestOrEven)) * step) ?? Self.null
    }

    private mutating func evaluate(count: Int, _ inputs: [[Int32]]) {
        for level in stack.indices where stack[level].count < count { stack[level].resize(to: count, filler: 0) }
        var top = -1
        for instruction in formula.program {
            switch instruction {
            case .constant(let value):
                top += 1
                for index in 0..<count { stack[top][index] = value }
            case .metric(let metric):
                top += 1
                // A quotient is the double nearest to the reading's decimal text.
                for index in 0..<count { stack[top][index] = Double(inputs[metric][index]) / decimals[metric] }
            case .negate: apply(top, count) { -$0 }
            case .power(let exponent): apply(top, count) { Self.power($0, exponent) }
            case .add: combine(&top, count) { $0 + $1 }
            case .subtract: combine(&top, count) { $0 - $1 }
            case .multiply: combine(&top, count) { $0 * $1 }
            case .divide: combine(&top, count) { $0 / $1 }
            case .call(.min): combine(&top, count) { $0.isNaN || $1.isNaN ? .nan : Swift.min($0, $1) }
            case .call(.max): combine(&top, count) { $0.isNaN || $1.isNaN ? .nan : Swift.max($0, $1) }
            case .call(let function): apply(top, count) { Self.call(function, $0) }
            }
        }
    }

    @inline(__always)
    private mutating func apply(_ top: Int, _ count: Int, _ function: (Double) -> Double) {
        var values = stack[top].mutableSpan
        for index in 0..<count { values[index] = function(values[index]) }
    }

    @inline(__always)
    private mutating func combine(_ top: inout Int, _ count: Int, _ function: (Double, Double) -> Double) {
        top -= 1
        for index in 0..<count { stack[top][index] = function(stack[top][index], stack[top + 1][index]) }
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, square, rest) = (1.0, base, exponent.magnitude)
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return exponent < 0 ? 1 / result : result
    }

    private static func call(_ function: Formula.Function, _ x: Double) -> Double {
        switch function {
        case .exp: abs(x) <= 700 ? Elementary.exponential(x) : (x < 0 ? 0 : x + .infinity)
        // Zero, less, and what is too small to have all its digits have none.
        case .log: x.isFinite && x >= .leastNormalMagnitude ? Elementary.logarithm(x) : .nan
        case .sin: abs(x) < 1e9 ? Elementary.sine(turns: x * 0.159_154_943_091_895_35) : .nan
        case .cos: abs(x) < 1e9 ? Elementary.cosine(turns: x * 0.159_154_943_091_895_35) : .nan
        case .sqrt: x.squareRoot()
        case .abs: abs(x)
        case .min, .max: x
        }
    }
}
