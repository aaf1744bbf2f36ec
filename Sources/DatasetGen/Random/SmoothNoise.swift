/// Smooth red noise with random access that changes as much at one instant as at any other.
///
/// Independent normal deviates g lie at the points of a lattice in time, and each is spread by a raised cosine over the four
/// cells around it. At f = 0…1 on the way from point 0 to point 1 the noise is
///
/// (g₋₁ + g₀ + g₁ + g₂ + (g₀ − g₂) cos πf/2 + (g₁ − g₋₁) sin πf/2) / √6.
///
/// The squares of the four weights add up to 1, those of their slopes to π²/12 and those of their curvatures to a constant as
/// well: none of them tells where the points lie. ``LatticeNoise``, a blend of two points only, stands still at each of them.
struct SmoothNoise: Sendable {
    /// Cells in a period of ``LatticeNoise`` that changes as much: 2.96 / P² = π² / (12 cell²).
    static let cellsPerPeriod = 1.9

    /// What the noise is made of within one cell.
    struct Cell: Sendable {
        var sum = 0.0
        var cosine = 0.0
        var sine = 0.0

        /// The cell between the points 0 and 1, by the deviates at −1, 0, 1 and 2, times a factor.
        @inline(__always)
        init(_ first: Double, _ second: Double, _ third: Double, _ fourth: Double, factor: Double = 1) {
            let scale = factor * SmoothNoise.scale
            sum = (first + second + third + fourth) * scale
            cosine = (second - fourth) * scale
            sine = (third - first) * scale
        }

        /// The noise at a fraction of the way through the cell, 0…1.
        @inline(__always)
        func value(at fraction: Double) -> Double {
            sum + cosine * Elementary.quarterSine(1 - fraction) + sine * Elementary.quarterSine(fraction)
        }
    }

    /// Four processes of a lattice at once, by their deviates at the points −1, 0, 1 and 2.
    @inline(__always)
    static func blend(
        _ first: SIMD4<Double>,
        _ second: SIMD4<Double>,
        _ third: SIMD4<Double>,
        _ fourth: SIMD4<Double>,
        at fraction: Double
    ) -> SIMD4<Double> {
        let cosine = Elementary.quarterSine(1 - fraction)
        let sine = Elementary.quarterSine(fraction)
        let sum = first + second + third + fourth
        return (sum + (second - fourth) * cosine + (third - first) * sine) * Self.scale
    }

    /// 1 / √6.
    private static let scale = 0.408_248_290_463_863_02

    /// Where an instant lies in a lattice: the point before it, and the part of the cell that has passed.
    @inline(__always)
    static func position(_ cells: Double) -> (cell: Int64, fraction: Double) {
        // Towards zero, and one further where that is up.
        let truncated = Int64(cells)
        let cell = Double(truncated) > cells ? truncated - 1 : truncated
        return (cell, cells - Double(cell))
    }
}
