/// What the lattices of a sensor's surroundings hold in the second edition of the cities' climate.
///
/// They lie alike for all sensors: ``SmoothNoise`` does not tell where its points are.
struct SmoothSurroundings: Sendable {
    /// An octave of a lattice, whose number is part of what a seed means.
    enum Octave: UInt64 {
        case hour, twentyMinutes, supply, ageing, tenMinutes, fiveMinutes, twoMinutes, minute
    }

    private let key: RandomKey

    init(_ sensor: SensorCore) {
        key = sensor.smoothKey
    }

    /// The numbers of a point.
    @inline(__always)
    func point(_ octave: Octave, _ number: Int64) -> SmoothFour.Point {
        SmoothFour.Point(key.bits(UInt64(bitPattern: number) << 3 | octave.rawValue))
    }

    /// The noise of variance 1 at a position of an octave, by ``StandardMetric/rawValue``.
    func value(_ octave: Octave, at position: SmoothPosition) -> SIMD4<Double> {
        let cell = SmoothFour(
            point(octave, position.cell - 1),
            point(octave, position.cell),
            point(octave, position.cell + 1),
            point(octave, position.cell + 2),
            amplitude: SIMD4(repeating: 1)
        )
        return cell.value(cosine: position.cosine, sine: position.sine)
    }
}

/// Where an instant lies in a lattice of ``SmoothNoise``: the cell, and the weights of its blend.
struct SmoothPosition: Sendable {
    var cell: Int64 = 0
    var cosine = 1.0
    var sine = 0.0

    init() {}

    /// The position of seconds since 1970 in a lattice of a period in microseconds.
    init(seconds: Double, period: Int64) {
        let (cell, fraction) = SmoothNoise.position(seconds * (SmoothNoise.cellsPerPeriod * 1_000_000 / Double(period)))
        self.cell = cell
        (cosine, sine) = (Elementary.quarterSine(1 - fraction), Elementary.quarterSine(fraction))
    }
}

/// Where an instant lies in the slower octaves of ``SmoothSurroundings``.
struct SurroundingsPositions: Sendable {
    let hour: SmoothPosition
    let twentyMinutes: SmoothPosition
    let supply: SmoothPosition
    let ageing: SmoothPosition

    /// The positions of seconds since 1970.
    init(seconds: Double) {
        func position(_ octave: Int) -> SmoothPosition {
            SmoothPosition(seconds: seconds, period: Octave.periods[octave])
        }
        hour = position(Octave.surroundings.first)
        twentyMinutes = position(Octave.surroundings.first + 1)
        supply = position(Octave.supply.first)
        ageing = position(Octave.ageing.first)
    }
}
