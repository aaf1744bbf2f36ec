/// An instant at which healthy signals are computed: every five minutes since 1970; between two knots they are linear.
///
/// What varies faster than that is the noise of each reading. At a second between readings the physics are computed
/// once for 300 readings.
struct Knot: Sendable {
    /// Microseconds between knots.
    static let spacing: Int64 = 300_000_000

    /// Number of the knot since 1970.
    private(set) var index: Int64 = .min
    /// By octave number; empty where nobody has those octaves.
    private(set) var positions: [LatticePosition] = []
    /// Where it lies in the surroundings of the second edition.
    private(set) var surroundings = SurroundingsPositions(seconds: 0)
    /// Part of the day that has passed, UTC.
    private(set) var dayFraction = 0.0
    /// Cosine of the season: 1 on about 20 January, −1 half a year later.
    private(set) var winter = 0.0
    /// Part of the year that has passed, 0..<1.
    private(set) var yearPart = 0.0
    /// Sine and cosine of the sun's declination.
    private(set) var declination: (sine: Double, cosine: Double) = (0, 1)
    /// Seconds since 1970.
    private(set) var seconds = 0.0

    /// Computes what depends on time alone, for whoever has the octaves of ``Octave`` and for whoever follows the second edition of
    /// the cities' climate; keeps the storage.
    mutating func move(to index: Int64, hasOctaves: Bool, hasWaves: Bool) {
        self.index = index
        let time = SimulatedTime(microseconds: index * Self.spacing)
        if !hasOctaves {
            positions = []
        } else if positions.isEmpty {
            positions = Octave.periods.map { LatticePosition(time: time, period: $0) }
        } else {
            for octave in positions.indices {
                positions[octave] = LatticePosition(time: time, period: Octave.periods[octave])
            }
        }
        let (day, microseconds) = time.dayAndMicroseconds
        dayFraction = Double(microseconds) / Double(SimulatedTime.microsecondsPerDay)
        seconds = Double(index) * 300
        if hasWaves { surroundings = SurroundingsPositions(seconds: seconds) }
        // Days since 1970-01-01, which is a 1 January, in turns of the mean Gregorian year.
        let year = (Double(day) + dayFraction) / 365.2425
        yearPart = SmoothNoise.position(year).fraction
        winter = Elementary.cosine(turns: year - 19.5 / 365.2425)
        // δ = −23.44° · cos(2π (d + 10) / 365.24), d days from 1 January (Cooper, Solar Energy 12, 1969, as a cosine).
        let angle = -23.44 / 360 * Elementary.cosine(turns: year + 10 / 365.2425)
        declination = (Elementary.sine(turns: angle), Elementary.cosine(turns: angle))
    }
}
