/// The course of air temperature over a day without weather: a sine from sunrise to sunset, an exponential by night.
///
/// Source: Parton and Logan, "A model for diurnal variation in soil and air temperature", Agricultural Meteorology 23,
/// 1981, with their coefficients for air at 1.5 m: the maximum 1.86 h behind noon, night-time decay 2.20. The decay is
/// scaled so that it ends in the minimum, without a step at sunrise.
struct DailyCycle: Sendable {
    /// Hours of daylight that the curve takes: beyond, twilight and diffuse light keep a rise and a fall.
    static let dayLengths = 9.5...17.0

    private static let lag = 1.86
    private static let decay = 2.20
    /// e^−2.20.
    private static let residue = 0.110_803_158_362_333_9

    static let shared = DailyCycle()

    /// Mean and standard deviation of the curve by day length, from 9.5 h in steps of half an hour.
    private let means: [Double]
    private let deviations: [Double]

    private init() {
        let curves = stride(from: 9.5, through: 17.5, by: 0.5)
            .map { length in (0..<288).map { Self.curve(solarHour: Double($0) / 12, dayLength: length) } }
        let means = curves.map { $0.reduce(0, +) / 288 }
        self.means = means
        deviations = zip(curves, means)
            .map { curve, mean in
                (curve.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 288).squareRoot()
            }
    }

    /// The curve less its mean, of variance 1.
    func standardised(solarHour: Double, dayLength: Double) -> Double {
        (Self.curve(solarHour: solarHour, dayLength: dayLength) - Self.interpolated(means, dayLength))
            / deviation(dayLength: dayLength)
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
    private static func curve(solarHour: Double, dayLength: Double) -> Double {
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
