/// The random part of a place's weather: where its lattices lie, and the deviates at their points.
struct PlaceNoise: Sendable {
    /// By ``WeatherProcess/octaves``: where in a cell hour 0 since 1970 lies, the shift of the octave included.
    let phases: [Double]
    /// By ``WeatherOctave/stream``.
    private let keys: [RandomKey]
    /// By scale.
    private let fields: [WeatherField]
    private let frontKeys: [RandomKey]

    /// Cells in an hour, by ``WeatherProcess/octaves``.
    static let rates = WeatherProcess.octaves.map { SmoothNoise.cellsPerPeriod / $0.hours }

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
        self.keys = keys
        phases = zip(octaves, Self.rates)
            .map { octave, rate in keys[Int(octave.stream)].stream(Self.phase).uniform(0) + octave.shift * rate }
        fields = WeatherField.scales.indices.map { WeatherField(all, at: direction, scale: $0) }
        frontKeys = (0..<UInt64(Front.drawCount)).map { all.derived("fronts").stream($0) }
    }

    /// The first edition has the streams of its octaves below the same key.
    private static let firstStream: UInt64 = 0x100
    /// No point of a lattice has this number.
    private static let phase = UInt64.max

    /// A cell of an octave, with the octave's amplitude.
    func cell(_ index: Int, at cell: Int64) -> SmoothNoise.Cell {
        let octave = WeatherProcess.octaves[index]
        let key = keys[Int(octave.stream)]
        guard let scale = octave.scale else {
            let deviates = NormalDeviates(key)
            func deviate(_ step: Int64) -> Double { deviates[UInt64(bitPattern: cell + step)] }
            return SmoothNoise.Cell(deviate(-1), deviate(0), deviate(1), deviate(2), factor: octave.amplitude)
        }
        let field = fields[scale]
        func deviate(_ step: Int64) -> Double { field.deviate(key, cell + step) }
        return SmoothNoise.Cell(deviate(-1), deviate(0), deviate(1), deviate(2), factor: octave.amplitude)
    }

    /// A front, by its number.
    func front(_ number: Int64) -> Front {
        let widest = fields[fields.count - 1]
        return Front(number) { NormalCurve.shared.probability(below: widest.deviate(frontKeys[$0], number)) }
    }
}
