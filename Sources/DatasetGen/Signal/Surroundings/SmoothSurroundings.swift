/// What the lattices of a sensor's surroundings hold in the second edition of the cities' climate.
///
/// They lie alike for all sensors: ``SmoothNoise`` does not tell where its points are.
struct SmoothSurroundings: Sendable {
    /// An octave of a lattice, whose number is part of what a seed means.
    enum Octave: UInt64 {
        case hour, twentyMinutes, supply, ageing, tenMinutes, fiveMinutes, twoMinutes, minute

        /// Those of ``FineCourse``, from the slowest on.
        static let fine: [Octave] = [.tenMinutes, .fiveMinutes, .twoMinutes, .minute]
    }

    private let key: RandomKey
    private let neighbourhoodKey: RandomKey

    init(_ sensor: SensorCore) {
        (key, neighbourhoodKey) = (sensor.smoothKey, sensor.neighbourhoodKey)
    }

    /// The numbers of a point.
    @inline(__always)
    func point(_ octave: Octave, _ number: Int64) -> SmoothFour.Point {
        SmoothFour.Point(key.bits(UInt64(bitPattern: number) << 3 | octave.rawValue))
    }

    /// The noise of variance 1 at a position of an octave, by ``StandardMetric/rawValue``.
    func value(_ octave: Octave, at position: SmoothPosition) -> SIMD4<Double> {
        Self.value(at: position) { point(octave, $0) }
    }

    /// The same of what goes on for hours where the sensor stands, in a lattice of its own.
    func neighbourhood(at position: SmoothPosition) -> SIMD4<Double> {
        Self.value(at: position) { SmoothFour.Point(neighbourhoodKey.bits(UInt64(bitPattern: $0))) }
    }

    @inline(__always)
    private static func value(at position: SmoothPosition, _ point: (Int64) -> SmoothFour.Point) -> SIMD4<Double> {
        let cell = SmoothFour(
            point(position.cell - 1),
            point(position.cell),
            point(position.cell + 1),
            point(position.cell + 2),
            amplitude: SIMD4(repeating: 1)
        )
        return SIMD4<Double>(cell.value(cosine: position.cosine, sine: position.sine))
    }
}

/// Where an instant lies in a lattice of ``SmoothNoise``: the cell, and the weights of its blend.
struct SmoothPosition: Sendable {
    var cell: Int64 = 0
    var cosine: Float = 1
    var sine: Float = 0

    init() {}

    /// The position of seconds since 1970 in a lattice of a period in microseconds.
    init(seconds: Double, period: Int64) {
        let (cell, fraction) = SmoothNoise.position(seconds * (SmoothNoise.cellsPerPeriod * 1_000_000 / Double(period)))
        self.cell = cell
        (cosine, sine) = (Float(Elementary.quarterSine(1 - fraction)), Float(Elementary.quarterSine(fraction)))
    }
}

/// Where an instant lies in the slower octaves of ``SmoothSurroundings``.
struct SurroundingsPositions: Sendable {
    let hour: SmoothPosition
    let twentyMinutes: SmoothPosition
    let supply: SmoothPosition
    let ageing: SmoothPosition
    let neighbourhood: SmoothPosition

    /// Microseconds: six hours.
    private static let neighbourhoodPeriod: Int64 = 21_600_000_000

    /// The positions of seconds since 1970.
    init(seconds: Double) {
        func position(_ octave: Int) -> SmoothPosition {
            SmoothPosition(seconds: seconds, period: Octave.periods[octave])
        }
        hour = position(Octave.surroundings.first)
        twentyMinutes = position(Octave.surroundings.first + 1)
        supply = position(Octave.supply.first)
        ageing = position(Octave.ageing.first)
        neighbourhood = SmoothPosition(seconds: seconds, period: Self.neighbourhoodPeriod)
    }
}
