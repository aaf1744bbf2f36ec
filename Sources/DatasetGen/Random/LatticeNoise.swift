/// Smooth red noise with random access: independent normal deviates at the points of a lattice in time, and between
/// two points a blend of both.
///
/// The blend's weights are cos θ and sin θ with θ going smoothly from 0 to π/2, so that the noise is standard normal
/// at every instant, not only at the lattice points.
struct LatticeNoise: Sendable {
    private let deviates: NormalDeviates

    /// The noise of a key.
    init(_ key: RandomKey) {
        deviates = NormalDeviates(key)
    }

    /// The noise at one instant.
    @inline(__always)
    func value(at position: LatticePosition) -> Double {
        deviates[UInt64(bitPattern: position.cell)] * position.firstWeight
            + deviates[UInt64(bitPattern: position.cell + 1)] * position.secondWeight
    }
}

/// Where an instant lies in a lattice of some period: the cell, and the weights of its two ends.
struct LatticePosition: Sendable {
    var cell: Int64
    var firstWeight: Double
    var secondWeight: Double

    /// The position of an instant in a lattice whose cells last `period` microseconds.
    init(time: SimulatedTime, period: Int64) {
        cell = time.microseconds.flooredQuotient(by: period)
        let fraction = Double(time.microseconds - cell * period) / Double(period)
        let smooth = fraction * fraction * (3 - 2 * fraction)
        firstWeight = Elementary.quarterSine(1 - smooth)
        secondWeight = Elementary.quarterSine(smooth)
    }

    /// The correlation of the noise there with that at a position of the same lattice that is not before it.
    func likeness(to later: LatticePosition) -> Double {
        if cell == later.cell { return firstWeight * later.firstWeight + secondWeight * later.secondWeight }
        return cell + 1 == later.cell ? secondWeight * later.firstWeight : 0
    }
}
