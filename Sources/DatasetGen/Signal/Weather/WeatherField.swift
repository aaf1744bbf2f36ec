/// Normal deviates that near places share: one for each number of a stream, smooth over the earth.
///
/// The sphere goes through a lattice in space whose points have independent deviates. A place has a mixture of the eight
/// around it, whose weights are products of sines and cosines as those of ``LatticeNoise``, so that their squares add up to 1:
/// the deviate is standard normal everywhere, and independent of those more than two cells away.
struct WeatherField: Sendable {
    /// Lengths of a cell in kilometres.
    static let scales = [125.0, 250, 500, 1_000, 2_000]

    /// Mean radius of the earth in kilometres (IUGG).
    private static let earthRadius = 6_371.008_8

    /// The eight points around the place, 21 bits for each axis.
    private let points: SIMD8<UInt64>
    private let weights: SIMD8<Double>

    /// The field at a place.
    ///
    /// - Parameters:
    ///   - key: that of all weather, which says where the lattices lie.
    ///   - direction: from the middle of the earth to the place, of length 1.
    ///   - scale: which of ``scales`` it has.
    init(_ key: RandomKey, at direction: SIMD3<Double>, scale: Int) {
        let offsets = key.derived("field", UInt64(scale))
        var (points, weights) = (SIMD8<UInt64>(), SIMD8<Double>(repeating: 1))
        for axis in 0..<3 {
            // Numbers of points are positive: the earth is at most 102 cells in either direction.
            let (cell, fraction) = SmoothNoise.position(
                direction[axis] * Self.earthRadius / Self.scales[scale] + offsets.uniform(UInt64(axis)) + 1_024
            )
            let smooth = fraction * fraction * (3 - 2 * fraction)
            let (near, far) = (Elementary.quarterSine(1 - smooth), Elementary.quarterSine(smooth))
            for corner in 0..<8 {
                let isFar = corner >> axis & 1 == 1
                points[corner] |= UInt64(cell + (isFar ? 1 : 0)) << UInt64(21 * axis)
                weights[corner] *= isFar ? far : near
            }
        }
        (self.points, self.weights) = (points, weights)
    }

    /// The deviate of a number of a stream.
    func deviate(_ key: RandomKey, _ number: Int64) -> Double {
        let deviates = BoundedNormal.shared
        // An odd factor spreads numbers over all bits: points have their own.
        let step = UInt64(bitPattern: number) &* 0x9e37_79b9_7f4a_7c15
        /// Corners are named one by one: lanes that a loop chooses would go through memory.
        func part(_ weight: Double, _ point: UInt64) -> Double { weight * deviates.deviate(key, point ^ step) }
        let near = part(weights[0], points[0]) + part(weights[1], points[1])
        let far = part(weights[2], points[2]) + part(weights[3], points[3])
        let nearAbove = part(weights[4], points[4]) + part(weights[5], points[5])
        let farAbove = part(weights[6], points[6]) + part(weights[7], points[7])
        return near + far + (nearAbove + farAbove)
    }

    /// The direction of a place from the middle of the earth.
    static func direction(latitude: Double, longitude: Double) -> SIMD3<Double> {
        let cosine = Elementary.cosine(turns: latitude / 360)
        return SIMD3(
            cosine * Elementary.cosine(turns: longitude / 360),
            cosine * Elementary.sine(turns: longitude / 360),
            Elementary.sine(turns: latitude / 360)
        )
    }
}
