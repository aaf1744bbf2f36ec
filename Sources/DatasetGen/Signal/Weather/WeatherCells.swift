/// What a worker keeps of the lattices of places: the cells in which they are, as deviates are drawn once for each.
///
/// ``evaluate(_:ofSite:at:)`` makes all processes of a place known at an instant.
struct WeatherCells {
    /// Places that are kept; of more, the last ones used.
    private static let placeLimit = 4_096
    /// Fronts that are felt at a time: those of six cells.
    private static let frontCount = 6

    /// How many octaves there are.
    private let count = WeatherProcess.octaves.count
    private let placeCount: Int
    /// The instants at which processes may be asked for.
    private var waves: WeatherWaves
    /// By slot of a place: which place it is, and the number of its first front.
    private var places: [(site: Int, front: Int64)]
    private var fronts: [Front] = []
    // By slot, then octave: the cell's number, NaN where there is none yet; the deviates around it, and what it is made of.
    private var cells: [Double]
    private var points: [SIMD4<Double>]
    private var sums: [Double]
    private var cosines: [Double]
    private var sines: [Double]
    /// By ``WeatherProcess/octaves``.
    private var values: [Double]
    /// What all fronts together do.
    private(set) var frontEffect = Front.Effect()

    /// What a worker keeps of so many places, at so many instants.
    init(siteCount: Int, instantCount: Int) {
        waves = WeatherWaves(count: instantCount)
        placeCount = min(siteCount, Self.placeLimit)
        places = Array(repeating: (-1, .min), count: placeCount)
        cells = Array(repeating: .nan, count: placeCount * count)
        points = Array(repeating: SIMD4(), count: placeCount * count)
        sums = Array(repeating: 0, count: placeCount * count)
        (cosines, sines) = (sums, sums)
        values = Array(repeating: 0, count: count)
    }

    /// The sum of the octaves of one process.
    func process(_ octaves: Range<Int>) -> Double {
        var sum = 0.0
        for octave in octaves { sum += values[octave] }
        return sum
    }

    /// Makes an instant one of an hour since 1970.
    mutating func move(_ instant: Int, to hour: Double) {
        waves.move(instant, to: hour)
    }

    /// Computes every octave of a place at an instant.
    mutating func evaluate(_ noise: PlaceNoise, ofSite site: Int, at instant: Int) {
        let slot = site % placeCount
        let base = slot * count
        if places[slot].site != site {
            for octave in base..<base + count { cells[octave] = .nan }
            places[slot] = (site, .min)
        }
        let phases = noise.phases.span
        for octave in 0..<count {
            let place = waves.cells[instant * count + octave] + phases[octave]
            let way = place - cells[base + octave]
            // Not a number, before the first cell.
            if way >= 0, way < 1 { continue }
            move(octave, to: SmoothNoise.position(place).cell, noise, slot: base + octave)
        }
        // Out of the way, so that all else can be looked at in place.
        var values: [Double] = []
        swap(&values, &self.values)
        blend(slot: base, instant: instant * count, into: &values)
        swap(&values, &self.values)
        evaluateFronts(noise, slot, hour: waves.hours[instant])
    }

    /// Goes to a cell of an octave; in the next one, three of its four deviates are known.
    private mutating func move(_ octave: Int, to cell: Int64, _ noise: PlaceNoise, slot: Int) {
        var deviates = points[slot]
        if Double(cell) == cells[slot] + 1 {
            deviates = SIMD4(deviates.y, deviates.z, deviates.w, noise.deviate(octave, at: cell + 2))
        } else {
            for step in 0..<4 { deviates[step] = noise.deviate(octave, at: cell + Int64(step) - 1) }
        }
        (cells[slot], points[slot]) = (Double(cell), deviates)
        let parts = SmoothNoise.Cell(
            deviates.x,
            deviates.y,
            deviates.z,
            deviates.w,
            factor: noise.amplitude(octave)
        )
        let turn = noise.turn(octave, to: cell)
        sums[slot] = parts.sum
        cosines[slot] = parts.cosine * turn.cosine + parts.sine * turn.sine
        sines[slot] = parts.sine * turn.cosine - parts.cosine * turn.sine
    }

    /// Values of all octaves of a place, whose cells begin at `slot`, at an instant whose waves begin at `instant`.
    private func blend(slot: Int, instant: Int, into values: inout [Double]) {
        let (sums, cosines, sines) = (sums.span, cosines.span, sines.span)
        let (waveCosines, waveSines) = (waves.cosines.span, waves.sines.span)
        var values = values.mutableSpan
        for octave in 0..<count {
            values[octave] =
                sums[slot + octave] + cosines[slot + octave] * waveCosines[instant + octave]
                + sines[slot + octave] * waveSines[instant + octave]
        }
    }

    private mutating func evaluateFronts(_ noise: PlaceNoise, _ slot: Int, hour: Double) {
        let first = SmoothNoise.position(hour / Front.spacing).cell - 3
        if fronts.isEmpty {
            let none = Front(0) { _ in 0 }
            fronts = Array(repeating: none, count: placeCount * Self.frontCount)
        }
        let begin = slot * Self.frontCount
        if places[slot].front != first {
            for index in 0..<Self.frontCount { fronts[begin + index] = noise.front(first + Int64(index)) }
            places[slot].front = first
        }
        frontEffect = -Front.meanEffect
        for index in begin..<begin + Self.frontCount { frontEffect += fronts[index].effect(at: hour) }
    }
}
