/// ``SmoothNoise`` of four processes at once, within one cell of a lattice.
///
/// The four numbers of a point are sums of two bytes of one hash: triangular deviates, of which a value of the noise has four. They
/// lie in the four quarters of a word, so that what a cell is made of is added up before it is spread.
struct SmoothFour: Sendable {
    let sum: SIMD4<Double>
    let cosine: SIMD4<Double>
    let sine: SIMD4<Double>

    /// No noise.
    init() {
        (sum, cosine, sine) = (.zero, .zero, .zero)
    }

    /// The numbers of a lattice's point, by the bits of its hash.
    struct Point: Sendable {
        /// 0…510 in each quarter.
        fileprivate let quarters: UInt64

        @inline(__always)
        init(_ bits: UInt64) {
            quarters = (bits & 0x00ff_00ff_00ff_00ff) + (bits >> 8 & 0x00ff_00ff_00ff_00ff)
        }
    }

    /// The cell between the points 0 and 1, by the points −1, 0, 1 and 2, of processes with these standard deviations.
    @inline(__always)
    init(_ first: Point, _ second: Point, _ third: Point, _ fourth: Point, amplitude: SIMD4<Double>) {
        let scale = Self.scale * amplitude
        sum =
            scale
            * (Self.spread(first.quarters + second.quarters + third.quarters + fourth.quarters) - 4 * Self.mean)
        // Differences begin at the largest number, so that no quarter borrows from the next.
        cosine = scale * (Self.spread(second.quarters + Self.largest - fourth.quarters) - 2 * Self.mean)
        sine = scale * (Self.spread(third.quarters + Self.largest - first.quarters) - 2 * Self.mean)
    }

    /// The noise where the blend has these weights.
    @inline(__always)
    func value(cosine cosineWeight: Double, sine sineWeight: Double) -> SIMD4<Double> {
        sum + cosine * cosineWeight + sine * sineWeight
    }

    private static let mean = 255.0
    /// 510 in each quarter.
    private static let largest: UInt64 = 0x01fe_01fe_01fe_01fe
    /// 1 / √6 of the noise, over the deviation of a sum of two bytes, √((256² − 1) / 6): 1 / √65,535.
    private static let scale = 0.003_906_279_802_663_453

    @inline(__always)
    private static func spread(_ quarters: UInt64) -> SIMD4<Double> {
        SIMD4(
            Double(Int32(truncatingIfNeeded: quarters & 0xffff)),
            Double(Int32(truncatingIfNeeded: quarters >> 16 & 0xffff)),
            Double(Int32(truncatingIfNeeded: quarters >> 32 & 0xffff)),
            Double(Int32(truncatingIfNeeded: quarters >> 48))
        )
    }
}
