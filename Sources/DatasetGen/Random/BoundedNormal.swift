/// Nearly normal deviates that are bounded, four from one random word: the white noise of a reading's four metrics.
///
/// The deviate of 16 random bits is uniform within one of 512 strips of equal probability under the normal curve; the
/// outermost strips end at ±3.6. So a reading with noise never leaves bounds that lie that far out, and a reading costs
/// one hash and no branch. Variance is exactly 1.
struct BoundedNormal: Sendable {
    /// No deviate is larger.
    static let bound = 3.6

    /// One strip: a deviate is `base` + `slope` · 0…127.
    struct Strip: Sendable {
        var base: Double
        var slope: Double
    }

    static let shared = BoundedNormal()
    let strips: [Strip]

    private init() {
        let count = 512
        let edges = Self.edges(count)
        // Uniform strips have slightly another variance than the curve: scaled to 1.
        let variance =
            (0..<count)
            .reduce(0.0) { sum, index in
                let (low, high) = (edges[index], edges[index + 1])
                return sum + (low * low + low * high + high * high) / 3
            } / Double(count)
        let scale = 1 / variance.squareRoot()
        strips = (0..<count)
            .map { index in
                let (low, high) = (edges[index] * scale, edges[index + 1] * scale)
                // In the middles of 128 parts of the strip.
                let slope = (high - low) / 128
                return Strip(base: low + slope / 2, slope: slope)
            }
    }

    /// A deviate from all bits of one number of a key: without the branch of ``NormalDeviates``, in half the time.
    @inline(__always)
    func deviate(_ key: RandomKey, _ number: UInt64) -> Double {
        let bits = key.bits(number)
        let strip = strips.span[Int(bits & 511)]
        // Anywhere in the strip, whose parts are counted from the middle of the first.
        return strip.base + strip.slope * (Double(Int64(bitPattern: bits >> 11)) * 0x1p-46 - 0.5)
    }

    /// Four deviates from the bits of one number of a key.
    static func four(_ key: RandomKey, _ number: Int64) -> SIMD4<Double> {
        let bits = key.bits(UInt64(bitPattern: number))
        let strips = shared.strips
        let table = strips.span
        var deviates = SIMD4<Double>()
        for index in 0..<4 {
            let word = bits >> UInt64(16 * index)
            let strip = table[Int(word & 511)]
            deviates[index] = strip.base + strip.slope * Double(Int64(bitPattern: (word >> 9) & 127))
        }
        return deviates
    }

    /// The edges of strips of equal probability, by Simpson's rule in steps of 1/512 and inversion between them.
    private static func edges(_ count: Int) -> [Double] {
        let (steps, limit) = (2_048, 4.0)
        let width = limit / Double(steps)
        func density(_ x: Double) -> Double { Elementary.exponential(-0.5 * x * x) * 0.398_942_280_401_432_7 }
        var upper = [0.0]
        var probability = 0.5
        var target = count / 2 + 1
        for step in 0..<steps {
            let x = Double(step) * width
            let area = (density(x) + 4 * density(x + width / 2) + density(x + width)) * width / 6
            while target < count, Double(target) / Double(count) <= probability + area {
                upper.append(x + width * (Double(target) / Double(count) - probability) / area)
                target += 1
            }
            probability += area
        }
        // The factor that makes the variance 1 is 1.000…: the last edge leaves room for it.
        upper.append(bound * 0.995)
        return upper.dropFirst().reversed().map { -$0 } + upper
    }
}
