/// The random part of a place's weather: where its lattices lie, and the deviates at their points.
struct PlaceNoise: Sendable {
    /// By ``WeatherProcess/octaves``: where in a cell hour 0 since 1970 lies, the shift of the octave included.
    let phases: [Double]
    /// By ``WeatherProcess/octaves``.
    private let octaves: [Octave]
    /// By scale.
    private let fields: [WeatherField]
    private let frontKeys: [RandomKey]
    /// By octave, five each: the cosine of a quarter turn for each cell of the phase, and of zero to four cells less.
    private let turns: [Double]

    /// An octave at the place.
    private struct Octave {
        let key: RandomKey
        /// Which of the fields it has; nil for a place's own.
        let scale: Int?
        let amplitude: Double
    }

    /// The noise of a place.
    ///
    /// - Parameters:
    ///   - all: the key of the weather of all places.
    ///   - own: the key of what is this place's alone.
    ///   - direction: from the middle of the earth to the place, of length 1.
    init(all: RandomKey, own: RandomKey, direction: SIMD3<Double>) {
        let shared = all.derived("octaves")
        let octaves = WeatherProcess.octaves
        var keys: [RandomKey] = []
        for octave in octaves where octave.stream == UInt64(keys.count) {
            keys.append((octave.scale == nil ? own : shared).stream(Self.firstStream + octave.stream))
        }
        let phases = octaves.indices
            .map { index in
                keys[Int(octaves[index].stream)].stream(Self.phase).uniform(0)
                    + octaves[index].shift * WeatherWaves.rates[index]
            }
        self.phases = phases
        self.octaves = octaves.map { octave in
            Octave(key: keys[Int(octave.stream)], scale: octave.scale, amplitude: octave.amplitude)
        }
        turns = phases.flatMap { phase in
            (0..<5).map { Elementary.cosine(turns: (phase - Double($0)) * 0.25) }
        }
        fields = WeatherField.scales.indices.map { WeatherField(all, at: direction, scale: $0) }
        frontKeys = (0..<UInt64(Front.drawCount)).map { all.derived("fronts").stream($0) }
    }

    /// The first edition has the streams of its octaves below the same key.
    private static let firstStream: UInt64 = 0x100
    /// No point of a lattice has this number.
    private static let phase = UInt64.max

    /// The deviate at a point of an octave's lattice.
    func deviate(_ octave: Int, at point: Int64) -> Double {
        let octave = octaves.span[octave]
        if let scale = octave.scale { return fields.span[scale].deviate(octave.key, point) }
        return BoundedNormal.shared.deviate(octave.key, UInt64(bitPattern: point))
    }

    /// An octave's standard deviation.
    func amplitude(_ octave: Int) -> Double { octaves.span[octave].amplitude }

    /// By how much the common wave of an octave is turned in a cell: a quarter turn back for each cell that has passed.
    func turn(_ octave: Int, to cell: Int64) -> (cosine: Double, sine: Double) {
        let (turns, place) = (turns.span, octave * 5 + Int(cell & 3))
        // The sine is the cosine of a quarter turn less.
        return (turns[place], turns[place + 1])
    }

    /// A front, by its number.
    func front(_ number: Int64) -> Front {
        let widest = fields[fields.count - 1]
        return Front(number) { NormalCurve.shared.probability(below: widest.deviate(frontKeys[$0], number)) }
    }
}
