/// Evaluates a ``DerivedModel`` over columns of readings.
package struct DerivedSource {
    private let model: DerivedModel
    /// Steps in one unit, and counts of 10⁻ᵈ in one step.
    private let steps: (perUnit: Double, size: Int64)
    /// The formula's columns, one behind the other, of ``length`` numbers each.
    private var stack: [Double] = []
    private var length = 0

    /// A source of a model.
    package init(_ model: DerivedModel) {
        self.model = model
        steps = (1 / model.resolution.value, Int64(model.resolution.step))
    }

    /// Writes the counts of some readings of the inputs' columns; `scales` has 10ᵈ of each of them, and `first` is the tick of
    /// index 0.
    package mutating func fill(
        _ range: Range<Int>,
        of inputs: [[Int32]],
        scales: [Double],
        sensor: MetricKeys,
        first: Int64,
        into column: inout [Int32]
    ) {
        evaluate(range, inputs, scales)
        if let noise = model.noise {
            let key = sensor.key(of: noise.tag, .sensor).stream(0x1_0000)
            for index in range {
                let deviate = BoundedNormal.four(key, first + Int64(index))[0]
                stack[index - range.lowerBound] += noise.deviation * deviate
            }
        }
        for index in range { column[index] = counts(of: stack[index - range.lowerBound]) }
        // Whatever a formula makes of a missing reading, it is missing.
        for metric in model.inputs {
            let inputs = inputs.span
            for index in range where inputs[metric][index] == ReadingBlock.null { column[index] = ReadingBlock.null }
        }
    }

    /// The nearest multiple of the resolution; NULL beyond the limits.
    private func counts(of value: Double) -> Int32 {
        guard model.limits.contains(value) else { return ReadingBlock.null }
        let nearest = Int64((value * steps.perUnit).rounded(.toNearestOrEven))
        return Int32(exactly: nearest * steps.size) ?? ReadingBlock.null
    }

    private mutating func evaluate(_ range: Range<Int>, _ inputs: [[Int32]], _ scales: [Double]) {
        let count = range.count
        if length < count {
            length = count
            stack = [Double](repeating: 0, count: count * model.formula.depth)
        }
        var top = -length
        for instruction in model.formula.program {
            switch instruction {
            case .constant(let value):
                top += length
                for index in top..<top + count { stack[index] = value }
            case .metric(let metric):
                top += length
                let inputs = inputs.span
                let input = inputs[metric].span
                let scale = scales[metric]
                var values = stack.mutableSpan
                // A quotient is the double nearest to the reading's decimal text.
                for index in 0..<count { values[top + index] = Double(input[range.lowerBound + index]) / scale }
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
        var values = stack.mutableSpan
        for index in top..<top + count { values[index] = function(values[index]) }
    }

    @inline(__always)
    private mutating func combine(_ top: inout Int, _ count: Int, _ function: (Double, Double) -> Double) {
        let length = length
        top -= length
        var values = stack.mutableSpan
        for index in top..<top + count { values[index] = function(values[index], values[index + length]) }
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
