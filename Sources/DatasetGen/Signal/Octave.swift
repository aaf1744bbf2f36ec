/// The lattice periods of red noise: sums of several octaves fall off with frequency as weather does.
///
/// An octave's number is its stream of random numbers, so none may change.
enum Octave {
    static let day: Double = 86_400_000_000

    /// Air temperature: passing weather systems of 6, 2.7 and 1.1 days, fronts of 8 h and 2.4 h.
    static let temperature = Group(
        periods: [6, 2.7, 1.1, 0.33, 0.1],
        shares: [0.38, 0.40, 0.16, 0.045, 0.015],
        first: 0
    )
    /// Cloud, which changes from day to day.
    static let cloud = Group(periods: [1.2], shares: [1], first: 5)
    /// Moisture of the air mass.
    static let moisture = Group(periods: [3, 0.9, 0.25, 0.08], shares: [0.30, 0.25, 0.27, 0.18], first: 6)
    /// Pressure: lows and highs.
    static let pressure = Group(periods: [5, 2.2, 1], shares: [0.30, 0.36, 0.34], first: 10)
    /// A sensor's own surroundings: an hour and 20 minutes, for each metric in turn.
    static let surroundings = Group(periods: [1 / 24.0, 1 / 72.0], shares: [0.75, 0.25], first: 13)
    /// Wander of a sensor's supply.
    static let supply = Group(periods: [0.5], shares: [1], first: 15)
    /// Ageing of a sensor, for each metric in turn.
    static let ageing = Group(periods: [180], shares: [1], first: 16)

    /// All periods in microseconds, by number.
    static let periods: [Int64] = [temperature, cloud, moisture, pressure, surroundings, supply, ageing]
        .flatMap(\.periods).map { Int64($0 * day) }

    /// Octaves that make up one process.
    struct Group: Sendable {
        /// Days.
        let periods: [Double]
        /// Shares of the variance; they add up to 1.
        let shares: [Double]
        /// Number of the first octave.
        let first: Int
        /// Standard deviations by octave, of a process of variance 1.
        let amplitudes: [Double]

        init(periods: [Double], shares: [Double], first: Int) {
            (self.periods, self.shares, self.first) = (periods, shares, first)
            amplitudes = shares.map { $0.squareRoot() }
        }

        /// The numbers of the octaves.
        var numbers: Range<Int> { first..<first + periods.count }
    }
}
