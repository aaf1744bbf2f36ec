/// One octave of the processes that the weather of the second edition is made of.
///
/// Its number is its stream of random numbers, so none may change.
struct WeatherOctave: Sendable {
    /// The octave's number.
    let stream: UInt64
    /// Its period in hours.
    let hours: Double
    /// Its standard deviation.
    let amplitude: Double
    /// By how many hours the process is looked at later.
    let shift: Double

    /// Shorter octaves are a place's own; longer ones are shared with the places around it, the farther the longer they are.
    static let shortestField = 4.0

    /// Which of ``WeatherField/scales`` the octave has: systems move at about 30 km/h, so that weather of a period of an hour
    /// is alike over 30 km; nil for a place's own.
    let scale: Int?

    init(stream: UInt64, hours: Double, amplitude: Double, shift: Double) {
        (self.stream, self.hours, self.amplitude, self.shift) = (stream, hours, amplitude, shift)
        let kilometres = 30 * hours
        scale =
            hours < Self.shortestField
            ? nil
            : WeatherField.scales.indices.min {
                abs(WeatherField.scales[$0] - kilometres) < abs(WeatherField.scales[$1] - kilometres)
            }
    }
}

/// The processes of the second edition, each a range of ``octaves``.
///
/// Periods are incommensurate, so that no two octaves come back together. They and the shares were tuned to airports of New
/// York, until a classifier hardly told a day of theirs from a generated one.
enum WeatherProcess {
    /// The latent state that moves pressure, and temperature and moisture before and after it.
    static let synoptic = 0..<4
    /// The same, eight hours on.
    static let synopticAhead = 4..<8
    /// The same, 22 hours ago.
    static let synopticBehind = 8..<12
    /// What temperature and moisture have in common beside it.
    static let airMass = 12..<15
    /// What moisture has for itself.
    static let moisture = 15..<18
    /// Hours and less, in °C, °C and hPa, before ``volatility``.
    static let shortTemperature = 18..<23
    static let shortDewPoint = 23..<29
    static let shortPressure = 29..<34
    /// How restless the air is: for all, and for dew point and pressure alone.
    static let volatility = 34..<36
    static let dewPointVolatility = 36..<38
    static let pressureVolatility = 38..<40
    /// Cloud.
    static let cloud = 40..<42
    /// Highs and lows that stay for more than a week.
    static let slowPressure = 42..<43
    /// Dry and moist air that stays as long.
    static let slowDewPoint = 43..<45

    /// Every octave, by place in the ranges above.
    static let octaves: [WeatherOctave] = {
        var octaves: [WeatherOctave] = []
        var stream: UInt64 = 0
        /// Octaves of these periods and variances, which may be looked at more than once.
        func add(_ parts: [(hours: Double, variance: Double)], shifts: [Double] = [0]) {
            for shift in shifts {
                for (index, part) in parts.enumerated() {
                    octaves.append(
                        WeatherOctave(
                            stream: stream + UInt64(index),
                            hours: part.hours,
                            amplitude: part.variance.squareRoot(),
                            shift: shift
                        )
                    )
                }
            }
            stream += UInt64(parts.count)
        }
        add([(58.7, 0.06), (35.3, 0.62), (23.1, 0.24), (13.7, 0.08)], shifts: [0, 8, -22])
        add([(70.9, 0.25), (37.1, 0.55), (17.9, 0.20)])
        add([(61.3, 0.25), (33.7, 0.45), (19.1, 0.30)])
        add([(8.3, 0.75), (4.57, 0.25), (2.51, 0.24), (1.43, 0.08), (0.79, 0.13)])
        add([(12.1, 1.4), (8.1, 0.75), (4.43, 0.5), (2.53, 0.34), (1.37, 0.14), (0.83, 0.22)])
        add([(8.7, 0.235), (4.61, 0.07), (2.47, 0.05), (1.41, 0.019), (0.81, 0.025)])
        add([(16.3, 0.6), (5.9, 0.4)])
        add([(14.7, 0.6), (5.3, 0.4)])
        add([(14.9, 0.6), (5.1, 0.4)])
        add([(29.3, 0.7), (12.7, 0.3)])
        add([(187, 1)])
        add([(211, 0.5), (119, 0.5)])
        return octaves
    }()
}
