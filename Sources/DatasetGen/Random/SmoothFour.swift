/// ``SmoothNoise`` of four processes at once, within one cell of a lattice.
///
/// The four numbers of a point are sums of two bytes of one hash: triangular deviates, of which a value of the noise has four. They
/// lie in the four quarters of a word, so that what a cell is made of is added up before it is spread. Single precision is far
/// finer than such numbers, and all four fit in a register.
struct SmoothFour: Sendable {
    let sum: SIMD4<Float>
    let cosine: SIMD4<Float>
    let sine: SIMD4<Float>

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
            quarters = (bits & 0x00ff_00ff_00ff_00ff) &+ (bits >> 8 & 0x00ff_00ff_00ff_00ff)
        }
    }

    /// The cell between the points 0 and 1, by the points −1, 0, 1 and 2, of processes with these standard deviations.
    @inline(__always)
    init(_ first: Point, _ second: Point, _ third: Point, _ fourth: Point, amplitude: SIMD4<Float>) {
        let scale = Self.scale * amplitude
        let all = first.quarters &+ second.quarters &+ third.quarters &+ fourth.quarters
        sum = scale * (Self.spread(all) - 4 * Self.mean)
        // Differences begin at the largest number, so that no quarter borrows from the next.
        cosine = scale * (Self.spread(second.quarters &+ Self.largest &- fourth.quarters) - 2 * Self.mean)
        sine = scale * (Self.spread(third.quarters &+ Self.largest &- first.quarters) - 2 * Self.mean)
    }

    /// The noise where the blend has these weights.
    @inline(__always)
    func value(cosine cosineWeight: Float, sine sineWeight: Float) -> SIMD4<Float> {
        sum + cosine * cosineWeight + sine * sineWeight
    }

    private static let mean: Float = 255
    /// 510 in each quarter.
    private static let largest: UInt64 = 0x01fe_01fe_01fe_01fe
    /// 1 / √6 of the noise, over the deviation of a sum of two bytes, √((256² − 1) / 6): 1 / √65,535.
    private static let scale: Float = 0.003_906_279_8

    /// The quarters of a word, from the lowest on.
    @inline(__always)
    private static func spread(_ quarters: UInt64) -> SIMD4<Float> {
        // Two instructions in place of twelve: quarters that are shifted out one by one do not become a vector.
        let parts = unsafe unsafeBitCast(quarters.littleEndian, to: SIMD4<UInt16>.self)
        return SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: parts))
    }
}
