/// The course of air temperature over a day without weather: a sine from sunrise to sunset, an exponential by night.
///
/// Source: Parton and Logan, "A model for diurnal variation in soil and air temperature", Agricultural Meteorology 23,
/// 1981, with their coefficients for air at 1.5 m: the maximum 1.86 h behind noon, night-time decay 2.20. The decay is
/// scaled so that it ends in the minimum, without a step at sunrise.
struct DailyCycle: Sendable {
    /// Hours of daylight that the curve takes: beyond, twilight and diffuse light keep a rise and a fall.
    static let dayLengths = 9.5...17.0

    static let shared = DailyCycle(lag: 1.86, decay: 2.20, residue: 0.110_803_158_362_333_9)

    /// The course of the mixing that brings dry air down from above.
    static let mixing = DailyCycle(lag: 2.3, decay: 2.20)

    /// Hours from noon to the maximum.
    private let lag: Double
    /// How fast it cools by night.
    private let decay: Double
    /// e^−``decay``.
    private let residue: Double
    /// Mean and standard deviation of the curve by day length, from 9.5 h in steps of half an hour.
    private let means: [Double]
    private let deviations: [Double]

    private init(lag: Double, decay: Double, residue: Double? = nil) {
        let residue = residue ?? Elementary.exponential(-decay)
        (self.lag, self.decay, self.residue) = (lag, decay, residue)
        func curve(solarHour: Double, dayLength: Double) -> Double {
            Self.curve(solarHour: solarHour, dayLength: dayLength, lag: lag, decay: decay, residue: residue)
        }
        let curves = stride(from: 9.5, through: 17.5, by: 0.5)
            .map { length in (0..<288).map { curve(solarHour: Double($0) / 12, dayLength: length) } }
        let means = curves.map { $0.reduce(0, +) / 288 }
        self.means = means
        deviations = zip(curves, means)
            .map { curve, mean in
                (curve.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 288).squareRoot()
            }
    }

    /// The curve less its mean, of variance 1.
    func standardised(solarHour: Double, dayLength: Double) -> Double {
        centred(solarHour: solarHour, dayLength: dayLength) / deviation(dayLength: dayLength)
    }

    /// The curve less its mean; its range is 1.
    func centred(solarHour: Double, dayLength: Double) -> Double {
        Self.curve(solarHour: solarHour, dayLength: dayLength, lag: lag, decay: decay, residue: residue)
            - Self.interpolated(means, dayLength)
    }

    /// The standard deviation of a curve whose range is 1.
    func deviation(dayLength: Double) -> Double {
        Self.interpolated(deviations, dayLength)
    }

    private static func interpolated(_ values: [Double], _ dayLength: Double) -> Double {
        let place = (dayLength - dayLengths.lowerBound) * 2
        let index = Int(place)
        return values[index] + (place - Double(index)) * (values[index + 1] - values[index])
    }

    /// 0 at sunrise, 1 at the maximum.
    private static func curve(
        solarHour: Double,
        dayLength: Double,
        lag: Double,
        decay: Double,
        residue: Double
    ) -> Double {
        let sinceSunrise = solarHour - (12 - dayLength / 2)
        let hours = sinceSunrise < 0 ? sinceSunrise + 24 : sinceSunrise
        // A quarter turn is the way from sunrise to the maximum.
        let quarter = dayLength / 2 + lag
        if hours <= dayLength { return Elementary.sine(turns: hours / quarter / 4) }
        let sunset = Elementary.sine(turns: dayLength / quarter / 4)
        let fallen = Elementary.exponential(-decay * (hours - dayLength) / (24 - dayLength))
        return sunset * (fallen - residue) / (1 - residue)
    }
}
