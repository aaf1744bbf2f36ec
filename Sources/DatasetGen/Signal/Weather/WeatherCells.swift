/// What a worker keeps of the lattices of places: the cells in which they are, as deviates are drawn once for each.
///
/// ``evaluate(_:ofSite:at:)`` makes all processes of a place known at an instant.
struct WeatherCells {
    /// Places that are kept; of more, the last ones used.
    private static let placeLimit = 4_096
    /// Fronts that are felt at a time: those of six cells.
    private static let frontCount = 6

    /// Where a place is in an octave.
    private struct Cell {
        /// The deviates around it.
        var points = SIMD4<Double>()
        /// Not a number where there is none yet.
        var number = Double.nan
        // What it is made of.
        var sum = 0.0
        var cosine = 0.0
        var sine = 0.0
    }

    /// How many octaves there are.
    private let count = WeatherProcess.octaves.count
    private let placeCount: Int
    /// The instants at which processes may be asked for.
    private var waves: WeatherWaves
    /// By slot of a place: which place it is, and the number of its first front.
    private var places: [(site: Int, front: Int64)]
    private var fronts: [Front] = []
    /// By slot, then octave.
    private var cells: [Cell]
    /// Octaves that go to another cell, from the first on.
    private var moving: [Int]
    /// By ``WeatherProcess/octaves``.
    private var values: [Double]
    /// What all fronts together do.
    private(set) var frontEffect = Front.Effect()

    /// What a worker keeps of so many places, at so many instants.
    init(siteCount: Int, instantCount: Int) {
        waves = WeatherWaves(count: instantCount)
        placeCount = min(siteCount, Self.placeLimit)
        places = Array(repeating: (-1, .min), count: placeCount)
        cells = Array(repeating: Cell(), count: placeCount * count)
        moving = Array(repeating: 0, count: count)
        values = Array(repeating: 0, count: count)
    }

    /// The sum of the octaves of one process.
    func process(_ octaves: Range<Int>) -> Double {
        var sum = 0.0
        for octave in octaves { sum += values[octave] }
        return sum
    }

    /// Makes an instant one of the quarters of an hour since 1970.
    mutating func move(_ instant: Int, toQuarter quarter: Int64) {
        waves.move(instant, toQuarter: quarter)
    }

    /// Computes every octave of a place at an instant.
    mutating func evaluate(_ noise: PlaceNoise, ofSite site: Int, at instant: Int) {
        let slot = site % placeCount
        let first = slot * count
        if places[slot].site != site {
            for octave in first..<first + count { cells[octave].number = .nan }
            places[slot] = (site, .min)
        }
        let hour = waves.hours[instant]
        let movingCount = Self.find(&moving, cells, first, noise, hour: hour)
        Self.move(moving, count: movingCount, of: &cells, first, noise, hour: hour)
        Self.blend(cells, first, waves.waves, instant * count, into: &values)
        evaluateFronts(noise, slot, hour: hour)
    }

    /// Finds the octaves that are not in their cells any more, and says how many they are: without a branch, as nobody could foretell
    /// which they are.
    private static func find(
        _ moving: inout [Int],
        _ cells: [Cell],
        _ first: Int,
        _ noise: PlaceNoise,
        hour: Double
    ) -> Int {
        let (cells, phases) = (cells.span, noise.phases.span)
        let list = WeatherWaves.rates
        let rates = list.span
        var moving = moving.mutableSpan
        var found = 0
        for octave in 0..<rates.count {
            let way = hour * rates[octave] + phases[octave] - cells[first + octave].number
            moving[found] = octave
            found += way >= 0 && way < 1 ? 0 : 1
        }
        return found
    }

    /// Takes octaves to the cells in which they are; in one of the next three, some of the four deviates are known.
    private static func move(
        _ moving: [Int],
        count: Int,
        of cells: inout [Cell],
        _ first: Int,
        _ noise: PlaceNoise,
        hour: Double
    ) {
        let moving = moving.span
        var cells = cells.mutableSpan
        for index in 0..<count {
            let octave = moving[index]
            let place = hour * WeatherWaves.rates[octave] + noise.phases[octave]
            let cell = SmoothNoise.position(place).cell
            let known = cells[first + octave]
            func deviate(_ step: Int64) -> Double { noise.deviate(octave, at: cell + step) }
            let points: SIMD4<Double> =
                switch Double(cell) - known.number {
                case 1: SIMD4(known.points.y, known.points.z, known.points.w, deviate(2))
                case 2: SIMD4(known.points.z, known.points.w, deviate(1), deviate(2))
                case 3: SIMD4(known.points.w, deviate(0), deviate(1), deviate(2))
                default: SIMD4(deviate(-1), deviate(0), deviate(1), deviate(2))
                }
            cells[first + octave] = Self.cell(cell, points, octave, noise)
        }
    }

    private static func cell(_ number: Int64, _ points: SIMD4<Double>, _ octave: Int, _ noise: PlaceNoise) -> Cell {
        let parts = SmoothNoise.Cell(points.x, points.y, points.z, points.w, factor: noise.amplitude(octave))
        let turn = noise.turn(octave, to: number)
        return Cell(
            points: points,
            number: Double(number),
            sum: parts.sum,
            cosine: parts.cosine * turn.cosine + parts.sine * turn.sine,
            sine: parts.sine * turn.cosine - parts.cosine * turn.sine
        )
    }

    /// Sets the values of all octaves of a place, whose cells begin at `first`, at an instant whose waves begin at `instant`.
    private static func blend(
        _ cells: [Cell],
        _ first: Int,
        _ waves: [WeatherWaves.Wave],
        _ instant: Int,
        into values: inout [Double]
    ) {
        let (cells, waves) = (cells.span, waves.span)
        var values = values.mutableSpan
        for octave in values.indices {
            let (cell, wave) = (cells[first + octave], waves[instant + octave])
            values[octave] = cell.sum + cell.cosine * wave.x + cell.sine * wave.y
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
