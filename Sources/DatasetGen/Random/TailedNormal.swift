/// Normal deviates with the ends of the normal curve, four from one random word: the white noise of a reading's four metrics.
///
/// As ``BoundedNormal``, but the deviates of the two outermost strips, one in 256, are quantiles of the curve, and one in 32,768
/// is drawn from its end: no bound tells a large anomaly from noise. None is larger than 6. Variance is 1 within a thousandth.
struct TailedNormal: Sendable {
    /// No deviate is larger.
    static let bound = 6.0

    static let shared = TailedNormal()
    let strips: [BoundedNormal.Strip]
    /// Of the upper outermost strip, by the seven bits within it, from the end inwards; the first is where the end begins.
    private let quantiles: [Double]

    private init() {
        strips = BoundedNormal.shared.strips
        quantiles = (0..<128).map { NormalCurve.shared.deviate(1 - (Double($0) + ($0 == 0 ? 1 : 0.5)) / 65_536) }
    }

    /// Whether the strip of a word's lowest bits is one of the outermost, so that ``deviate(_:)`` has its deviate.
    @inline(__always)
    static func isOutermost(_ word: UInt64) -> Bool { (word &+ 1) & 511 <= 1 }

    /// The deviate of a word whose lowest bits are an outermost strip and the place in it; the others are further bits of its own.
    @inline(never)
    func deviate(_ bits: UInt64) -> Double {
        let part = Int(bits >> 9 & 127)
        var size = quantiles[part]
        if part == 0 {
            // Beyond t the curve falls nearly as e^(−t (x − t)) (Marsaglia 1964); cut off where it is 6.
            let rest = Elementary.exponential(-size * (Self.bound - size))
            let uniform = RandomKey(seed: bits).uniform(0)
            size -= Elementary.logarithm(rest + (1 - rest) * (1 - uniform)) / size
        }
        return bits & 511 == 0 ? -size : size
    }
}
