/// What a worker keeps of the lattices of places: the cells in which they are, as deviates are drawn once for each.
///
/// ``evaluate(_:ofSite:hour:)`` makes all processes of a place known at an instant.
struct WeatherCells {
    /// Places that are kept; of more, the last ones used.
    private static let placeLimit = 4_096
    /// Fronts that are felt at a time: those of six cells.
    private static let frontCount = 6

    private let count = WeatherProcess.octaves.count
    private let placeCount: Int
    /// By slot of a place: which place it is, and the number of its first front.
    private var places: [(site: Int, front: Int64)]
    private var fronts: [Front] = []
    // By slot, then octave: the cell's number and what it is made of.
    private var cells: [Int64]
    private var sums: [Double]
    private var cosines: [Double]
    private var sines: [Double]
    private var fractions: [Double]
    /// By ``WeatherProcess/octaves``.
    private var values: [Double]
    /// What all fronts together do.
    private(set) var frontEffect = Front.Effect()

    init(siteCount: Int) {
        placeCount = min(siteCount, Self.placeLimit)
        places = Array(repeating: (-1, 0), count: placeCount)
        cells = Array(repeating: 0, count: placeCount * count)
        (sums, cosines, sines) = (
            Array(repeating: 0, count: placeCount * count), Array(repeating: 0, count: placeCount * count),
            Array(repeating: 0, count: placeCount * count)
        )
        (fractions, values) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
    }

    /// The sum of the octaves of one process.
    func process(_ octaves: Range<Int>) -> Double {
        var sum = 0.0
        for octave in octaves { sum += values[octave] }
        return sum
    }

    /// Computes every octave of a place at an hour since 1970.
    mutating func evaluate(_ noise: PlaceNoise, ofSite site: Int, hour: Double) {
        let slot = site % placeCount
        let base = slot * count
        let isKept = places[slot].site == site
        for octave in 0..<count {
            let (cell, fraction) = SmoothNoise.position(hour * PlaceNoise.rates[octave] + noise.phases[octave])
            fractions[octave] = fraction
            if isKept, cells[base + octave] == cell { continue }
            let made = noise.cell(octave, at: cell)
            cells[base + octave] = cell
            (sums[base + octave], cosines[base + octave], sines[base + octave]) = (made.sum, made.cosine, made.sine)
        }
        for octave in 0..<count {
            let fraction = fractions[octave]
            values[octave] =
                sums[base + octave] + cosines[base + octave] * Elementary.quarterSine(1 - fraction)
                + sines[base + octave] * Elementary.quarterSine(fraction)
        }
        let first = SmoothNoise.position(hour / Front.spacing).cell - 3
        if fronts.isEmpty {
            let none = Front(0) { _ in 0 }
            fronts = Array(repeating: none, count: placeCount * Self.frontCount)
        }
        let begin = slot * Self.frontCount
        if !isKept || places[slot].front != first {
            for index in 0..<Self.frontCount { fronts[begin + index] = noise.front(first + Int64(index)) }
        }
        frontEffect = -Front.meanEffect
        for index in begin..<begin + Self.frontCount { frontEffect += fronts[index].effect(at: hour) }
        places[slot] = (site, first)
    }
}
