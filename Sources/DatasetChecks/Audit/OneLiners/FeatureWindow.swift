/// The last readings of one sensor, all metrics at once, and the features that one-liners take of them.
///
/// Sums over a window are kept up to date by adding what comes and subtracting what leaves. Every 120 readings they are
/// summed up anew, so that rounding errors do not add up.
struct FeatureWindow {
    /// The longest window.
    private static let capacity = 120
    /// How many features there are per metric.
    static let featureCount = 11

    private struct Sums {
        var values = SIMD4<Double>()
        var squares = SIMD4<Double>()
        var steps = SIMD4<Double>()
        var stepSquares = SIMD4<Double>()
    }

    private var values = [SIMD4<Double>](repeating: SIMD4(), count: capacity)
    private var steps = [SIMD4<Double>](repeating: SIMD4(), count: capacity)
    private var sums = (Sums(), Sums(), Sums())
    private var count = 0
    private var next = 0
    private var last = SIMD4<Double>()

    /// The features of the last reading, in the order of ``OneLiner/features``; 0 where a window is not full yet.
    private(set) var scores = [SIMD4<Double>](repeating: SIMD4(), count: featureCount)

    /// Takes a reading, as a deviation from the sensor's healthy mean; where a metric is missing, its last value stays.
    mutating func push(_ reading: SIMD4<Double>, isMissing: SIMDMask<SIMD4<Int64>>) {
        let value = count > 0 ? reading.replacing(with: last, where: isMissing) : reading
        let step = count > 0 ? Self.absolute(value - last) : SIMD4()
        scores[0] = Self.absolute(value)
        scores[1] = step
        sums.0 = updated(sums.0, 6, offset: 0, value, step)
        sums.1 = updated(sums.1, 30, offset: 1, value, step)
        sums.2 = updated(sums.2, 120, offset: 2, value, step)
        values[next] = value
        steps[next] = step
        last = value
        count += 1
        next += 1
        if next == Self.capacity {
            next = 0
            sums = (sum(of: 6), sum(of: 30), sum(of: 120))
        }
    }

    /// Computes the features of one window length; its sums, moved on.
    @inline(__always)
    private mutating func updated(
        _ old: Sums,
        _ length: Int,
        offset: Int,
        _ value: SIMD4<Double>,
        _ step: SIMD4<Double>
    ) -> Sums {
        var sums = old
        let isFull = count >= length
        let part = 1 / Double(length)
        if isFull {
            let mean = sums.steps * part
            let unusual = step - mean - 3 * Self.deviation(sums.stepSquares * part - mean * mean)
            scores[2 + offset] = Self.absolute(value - sums.values * part)
            scores[8 + offset] = unusual.replacing(with: 0, where: unusual .< 0)
            let index = next >= length ? next - length : next - length + Self.capacity
            let (oldValue, oldStep) = (values[index], steps[index])
            sums.values -= oldValue
            sums.squares -= oldValue * oldValue
            sums.steps -= oldStep
            sums.stepSquares -= oldStep * oldStep
        } else {
            scores[2 + offset] = SIMD4()
            scores[8 + offset] = SIMD4()
        }
        sums.values += value
        sums.squares += value * value
        sums.steps += step
        sums.stepSquares += step * step
        let mean = sums.values * part
        scores[5 + offset] = count + 1 >= length ? Self.deviation(sums.squares * part - mean * mean) : SIMD4()
        return sums
    }

    /// The sums of the last readings of a full ring.
    private func sum(of length: Int) -> Sums {
        var sums = Sums()
        for index in Self.capacity - length..<Self.capacity {
            sums.values += values[index]
            sums.squares += values[index] * values[index]
            sums.steps += steps[index]
            sums.stepSquares += steps[index] * steps[index]
        }
        return sums
    }

    @inline(__always)
    private static func absolute(_ x: SIMD4<Double>) -> SIMD4<Double> { x.replacing(with: -x, where: x .< 0) }

    @inline(__always)
    private static func deviation(_ variance: SIMD4<Double>) -> SIMD4<Double> {
        // Rounding can leave a hair below zero where all values are equal.
        variance.replacing(with: 0, where: variance .< 1e-12).squareRoot()
    }
}
