/// How large the parts of a place's weather are, and when in the day they are largest.
struct WeatherSizes: Sendable {
    /// By ``Part/rawValue``.
    private var values = SIMD64<Double>()

    /// What a climate class says of a place's weather; the order is that of the columns of ``WeatherClasses/text``.
    private enum Part: Int, CaseIterable {
        case temperature, temperatureWinter, dewPoint, dewPointWinter, slowDewPoint, fronts
        case short, shortWinter, shortDewPoint, shortDewPointWinter, shortPressure
        case volatility, dewPointVolatility, pressureVolatility
        case stirring, dewPointStirring, dewPointEvening
        case pressure, pressureWinter, slowPressure
        case range, rangeWinter, lag, lagWinter, twilight, decay, cloud, clearness
        case mixing, mixingWinter
        case dailyTide, dailyTideWinter, dailyTideHour, twiceDailyTide
        case meanPressure, meanPressureWinter
    }

    private subscript(_ part: Part) -> Double {
        get { values[part.rawValue] }
        set { values[part.rawValue] = newValue }
    }

    /// What is larger or smaller in winter than at the equinoxes.
    struct Seasonal {
        /// At the equinoxes.
        let middle: Double
        /// By what share it is larger in the depth of winter, and smaller in high summer.
        let winterShare: Double

        /// In a season, from 1 in the depth of winter to −1 in high summer.
        @inline(__always)
        func size(_ winter: Double) -> Double { middle * (1 + winterShare * winter) }
    }

    private func seasonal(_ middle: Part, _ winter: Part) -> Seasonal {
        Seasonal(middle: self[middle], winterShare: self[winter])
    }

    /// Standard deviation of the passing systems' temperature in °C.
    var temperature: Seasonal { seasonal(.temperature, .temperatureWinter) }
    /// The same of the dew point in °C.
    var dewPoint: Seasonal { seasonal(.dewPoint, .dewPointWinter) }
    /// What part of it stays for a week and more, 0…1, as a standard deviation.
    var slowDewPoint: Double { self[.slowDewPoint] }
    /// Fronts, relative to those of New York.
    var fronts: Double { self[.fronts] }
    /// What changes within hours in the temperature, relative to New York.
    var short: Seasonal { seasonal(.short, .shortWinter) }
    /// The same of the dew point, relative to that of the temperature.
    var shortDewPoint: Seasonal { seasonal(.shortDewPoint, .shortDewPointWinter) }
    /// That of the pressure, relative to New York.
    var shortPressure: Double { self[.shortPressure] }
    /// How differently large, from one time to another, what changes within hours is: standard deviation of the logarithm of
    /// its size, for temperature, dew point and pressure.
    var volatilities: SynopticState.Parts {
        (self[.volatility], self[.dewPointVolatility], self[.pressureVolatility])
    }
    /// How much larger what changes within hours in the temperature is under a high sun, and under a clear sky still more.
    var stirring: Double { self[.stirring] }
    /// The same of the dew point: under a high sun, and as long as dry air from above is mixed in.
    var dewPointStirring: (sun: Double, mixing: Double) { (self[.dewPointStirring], self[.dewPointEvening]) }
    /// The pressure of passing systems, relative to what is usual at the latitude.
    var pressure: Double { self[.pressure] }
    /// By what share it is larger in winter, beyond what is usual at the latitude.
    var pressureWinter: Double { self[.pressureWinter] }
    /// That of highs and lows that stay, relative to what is usual of passing ones.
    var slowPressure: Double { self[.slowPressure] }
    /// The mean daily range of temperature in °C under a sun that is overhead at noon.
    var range: Seasonal { seasonal(.range, .rangeWinter) }
    /// Hours from noon to the day's warmest, and how many more it is in winter; the breeze from the sea ends the rise early.
    var lag: (hours: Double, winter: Double) { (self[.lag], self[.lagWinter]) }
    /// Hours from sunrise until it gets warmer, and from when it gets quickly colder until sunset: a low sun does not make up for
    /// what the ground loses.
    var twilight: Double { self[.twilight] }
    /// How fast it cools by night.
    var decay: Double { self[.decay] }
    /// By how much the daily range differs between an overcast and a clear day, relative to its mean.
    var cloud: Double { self[.cloud] }
    /// The logarithm of how many times as much of the sky is clear as is not, under usual weather.
    var clearness: Double { self[.clearness] }
    /// How far dry air from above takes the dew point down on a clear afternoon, in °C; below 0 where the sea's air comes in.
    var mixing: Seasonal { seasonal(.mixing, .mixingWinter) }
    /// The diurnal tide at the equator in hPa, and the hour of the day of its maximum.
    var dailyTide: (hectopascals: Seasonal, hour: Double) {
        (seasonal(.dailyTide, .dailyTideWinter), self[.dailyTideHour])
    }
    /// The semi-diurnal tide, relative to what is usual at the latitude.
    var twiceDailyTide: Double { self[.twiceDailyTide] }
    /// By how many hPa the mean pressure at sea level is higher than that of the belt at the latitude, and how much higher it is in
    /// winter than at the equinoxes.
    var meanPressure: (hectopascals: Double, winter: Double) { (self[.meanPressure], self[.meanPressureWinter]) }

    /// Sizes of a climate class after Köppen and Geiger, at a place in degrees north and east.
    init(ofClass name: Substring, latitude: Double, longitude: Double) {
        guard let sizes = Self.ofClasses[name] else { preconditionFailure("no such climate: \(name)") }
        self = sizes
        // Nowhere else do polar and tropical air meet as freely as between the Rocky Mountains and the Atlantic, in winter down
        // to where it is warm all the year.
        let share = Continentality(latitude: max(latitude, latitude > 25 ? 40 : 0), longitude: longitude).american
        let isTropical = name.hasPrefix("A")
        self[.temperature] *= 1 + (isTropical ? 1.2 : 0.38) * share
        self[.temperatureWinter] += (isTropical ? 0.48 : 0.11) * share
        self[.dewPoint] *= 1 + (isTropical ? 1.6 : 0.38) * share
        self[.dewPointWinter] += isTropical ? 0.6 * share : 0
        self[.fronts] = fronts * (1 + 0.37 * share) + (isTropical ? 0.3 * share : 0)
        self[.short] *= 1 + 0.11 * share
    }

    private init() {}

    /// A mixture, by weights that add up to 1.
    init(mixing parts: [(sizes: WeatherSizes, weight: Double)]) {
        values = parts.reduce(SIMD64()) { $0 + $1.weight * $1.sizes.values }
    }

    private static let ofClasses: [Substring: WeatherSizes] = {
        let lines = WeatherClasses.text.split(separator: "\n")
        return Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let words = line.split(separator: " ")
                let numbers = words.dropFirst().compactMap { Double($0) }
                guard numbers.count == Part.allCases.count else { preconditionFailure("malformed sizes: \(line)") }
                var sizes = WeatherSizes()
                for (part, number) in zip(Part.allCases, numbers) { sizes[part] = number }
                return (words[0], sizes)
            }
        )
    }()
}
