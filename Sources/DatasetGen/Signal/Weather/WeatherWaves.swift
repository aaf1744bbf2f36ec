/// Where some instants lie in the octaves of ``WeatherProcess``: the same for all places.
///
/// A place's lattices begin where its phases say. As the cells of an octave are as long everywhere, the blend of a place is that of
/// the common wave, turned by the place's phase: sines are taken once for all places. They are taken at every sixteenth hour only,
/// and turned on by the quarters of an hour that have passed since: how many these are, depends on the instant alone.
struct WeatherWaves: Sendable {
    /// cos and sin of a quarter turn for each cell since 1970.
    typealias Wave = SIMD2<Double>

    /// By slot of an instant: hours since 1970.
    private(set) var hours: [Double]
    /// By slot, then octave.
    private(set) var waves: [Wave]
    /// By slot of an anchor, the instant from which others are turned on: its number.
    private var anchors: [Int64]
    /// By slot of an anchor, then octave.
    private var anchorWaves: [Wave]

    /// Cells in an hour, by octave.
    static let rates = WeatherProcess.octaves.map { SmoothNoise.cellsPerPeriod / $0.hours }

    /// Quarters of an hour between anchors.
    private static let anchorSpacing: Int64 = 64
    /// Anchors that are kept: a prime, as slots of instants.
    private static let anchorCount = 61

    /// By quarters of an hour behind an anchor, then octave: how far waves are turned on.
    private static let turns = (0..<anchorSpacing)
        .flatMap { quarter in
            rates.map { Self.wave(cells: Double(quarter) * 0.25 * $0) }
        }

    private static func wave(cells: Double) -> Wave {
        Wave(Elementary.cosine(turns: cells * 0.25), Elementary.sine(turns: cells * 0.25))
    }

    /// Room for so many instants.
    init(count: Int) {
        hours = Array(repeating: .nan, count: count)
        waves = Array(repeating: Wave(), count: count * Self.rates.count)
        anchors = Array(repeating: .min, count: min(count, Self.anchorCount))
        anchorWaves = Array(repeating: Wave(), count: anchors.count * Self.rates.count)
    }

    /// Goes to a quarter of an hour, counted since 1970.
    mutating func move(_ slot: Int, toQuarter quarter: Int64) {
        let hour = Double(quarter) * 0.25
        if hours[slot] == hour { return }
        hours[slot] = hour
        let number = quarter.flooredQuotient(by: Self.anchorSpacing)
        let anchor = Int(UInt64(bitPattern: number) % UInt64(anchors.count))
        let count = Self.rates.count
        if anchors[anchor] != number {
            anchors[anchor] = number
            let hour = Double(number * Self.anchorSpacing) * 0.25
            for octave in 0..<count {
                anchorWaves[anchor * count + octave] = Self.wave(cells: hour * Self.rates[octave])
            }
        }
        let turn = Int(quarter - number * Self.anchorSpacing)
        Self.turn(anchorWaves, anchor * count, by: Self.turns, turn * count, into: &waves, slot * count, count: count)
    }

    /// cos(a + b) = cos a cos b − sin a sin b and sin(a + b) = sin a cos b + cos a sin b, of waves from some indices on.
    private static func turn(
        _ waves: [Wave],
        _ first: Int,
        by turns: [Wave],
        _ firstTurn: Int,
        into turned: inout [Wave],
        _ firstTurned: Int,
        count: Int
    ) {
        let (waves, turns) = (waves.span, turns.span)
        var turned = turned.mutableSpan
        for octave in 0..<count {
            let (wave, turn) = (waves[first + octave], turns[firstTurn + octave])
            turned[firstTurned + octave] = wave * turn.x + Wave(-wave.y, wave.x) * turn.y
        }
    }
}
