/// Where some instants lie in the octaves of ``WeatherProcess``: the same for all places.
///
/// A place's lattices begin where its phases say. As the cells of an octave are as long everywhere, the blend of a place is that of
/// the common wave, turned by the place's phase: sines are taken once for all places.
struct WeatherWaves: Sendable {
    /// By slot of an instant: hours since 1970.
    private(set) var hours: [Double]
    // By slot, then octave.
    /// Cells since 1970.
    private(set) var cells: [Double]
    /// cos and sin of a quarter turn for each cell.
    private(set) var cosines: [Double]
    private(set) var sines: [Double]

    /// Cells in an hour.
    private static let rates = WeatherProcess.octaves.map { SmoothNoise.cellsPerPeriod / $0.hours }

    /// Room for so many instants.
    init(count: Int) {
        hours = Array(repeating: .nan, count: count)
        cells = Array(repeating: 0, count: count * Self.rates.count)
        (cosines, sines) = (cells, cells)
    }

    /// Goes to an hour since 1970.
    mutating func move(_ slot: Int, to hour: Double) {
        if hours[slot] == hour { return }
        hours[slot] = hour
        Self.fill(&cells, slot, hour) { $0 }
        Self.fill(&cosines, slot, hour) { Elementary.cosine(turns: $0 * 0.25) }
        Self.fill(&sines, slot, hour) { Elementary.sine(turns: $0 * 0.25) }
    }

    /// Sets a function of the cells since 1970 for each octave.
    @inline(__always)
    private static func fill(_ values: inout [Double], _ slot: Int, _ hour: Double, _ function: (Double) -> Double) {
        let list = rates
        let rates = list.span
        let base = slot * rates.count
        var values = values.mutableSpan
        for octave in 0..<rates.count { values[base + octave] = function(hour * rates[octave]) }
    }

    /// Cells of an octave in an hour.
    static func rate(ofOctave octave: Int) -> Double { rates[octave] }
}
