/// How large the parts of a place's weather are.
struct WeatherSizes: Sendable {
    private var values = SIMD16<Double>()

    /// Standard deviation of the passing systems' temperature in °C, at the equinoxes.
    var temperature: Double { values[0] }
    /// By what share of that it is larger in the depth of winter, and smaller in high summer.
    var temperatureWinter: Double { values[1] }
    /// The same of the dew point in °C.
    var dewPoint: Double { values[2] }
    /// By what share it is larger in winter.
    var dewPointWinter: Double { values[3] }
    /// Fronts, relative to those of New York.
    var fronts: Double { values[4] }
    /// What changes within hours, relative to New York.
    var short: Double { values[5] }
    /// The mean daily range of temperature in °C under a sun that is overhead at noon.
    var range: Double { values[6] }
    /// By how much the daily range differs between an overcast and a clear day, relative to its mean.
    var cloud: Double { values[7] }
    /// How far dry air from above takes the dew point down on a clear afternoon, in °C.
    var mixing: Double { values[8] }

    /// How much later than in the formulas of Parton and Logan the day's warmest hour is; the breeze from the sea ends the rise.
    var lateness: Double { values[9] }

    /// Sizes of a climate class after Köppen and Geiger, at a place in degrees north and east.
    init(ofClass name: Substring, latitude: Double, longitude: Double) {
        guard let sizes = Self.ofClasses[String(name)] else { preconditionFailure("no such climate: \(name)") }
        values = sizes
        // Nowhere else do polar and tropical air meet as freely as between the Rocky Mountains and the Atlantic, in winter down
        // to where it is warm all the year.
        let share = Continentality(latitude: max(latitude, latitude > 25 ? 40 : 0), longitude: longitude).american
        let isTropical = name.hasPrefix("A")
        values[0] *= 1 + (isTropical ? 1.2 : 0.38) * share
        values[1] += (isTropical ? 0.48 : 0.11) * share
        values[2] *= 1 + (isTropical ? 1.6 : 0.38) * share
        values[3] += isTropical ? 0.6 * share : 0
        values[4] = values[4] * (1 + 0.37 * share) + (isTropical ? 0.3 * share : 0)
        values[5] *= 1 + 0.11 * share
    }

    private init(_ values: SIMD16<Double>) { self.values = values }

    /// A mixture, by weights that add up to 1.
    init(mixing parts: [(sizes: WeatherSizes, weight: Double)]) {
        values = parts.reduce(SIMD16()) { $0 + $1.weight * $1.sizes.values }
    }

    /// By class: temperature and its winter, dew point and its winter, fronts, short, range, cloud, mixing, lateness.
    ///
    /// Those of Cfa are tuned to the airports of New York; those of BWh, Csb, Am and Oc follow Phoenix, San Francisco, Miami and
    /// Honolulu. The others are in proportion to what passing weather, cloud and sun are known to do there. Oc are islands
    /// in warm oceans, which damp all but the rain by which Köppen and Geiger tell them apart.
    private static let ofClasses: [String: SIMD16<Double>] = [
        "Af": sizes(0.75, 0, 0.8, 0, 0.1, 0.8, 7, 1, 0.75, -0.4),
        "Am": sizes(0.85, 0.05, 1.1, 0.1, 0.1, 0.8, 7.5, 1, 1, -0.4),
        "Aw": sizes(1.1, 0.1, 1.7, 0.2, 0.15, 0.8, 9, 1, 1.5, 0),
        "BWh": sizes(2.3, 0.2, 4.6, 0, 0.45, 0.9, 13.5, 0.7, 4, 0.55),
        "BWk": sizes(3.6, 0.3, 3.8, 0.1, 0.8, 1, 13, 1, 2.5, 0.55),
        "BSh": sizes(2, 0.2, 3.6, 0.2, 0.4, 0.9, 11.5, 0.9, 2.5, 0.55),
        "BSk": sizes(3.4, 0.3, 3.8, 0.1, 0.8, 1.1, 12.5, 1.2, 3, 0.55),
        "Csa": sizes(2.3, 0.12, 3.2, 0.1, 0.5, 0.9, 10, 1.1, 2.5, 0.55),
        "Csb": sizes(1.9, 0.08, 1.9, 0.4, 0.4, 0.8, 9.5, 1.2, 2, -0.5),
        "Cwa": sizes(2, 0.35, 3.4, 0.4, 0.4, 0.8, 9.5, 1.2, 2, 0.55),
        "Cwb": sizes(1.3, 0.1, 2.2, 0.2, 0.2, 1, 12.5, 1.2, 2.5, 0.55),
        "Cfa": sizes(2.696, 0.25, 4.043, 0.28, 0.73, 0.9, 8.2, 1.4, 3, 0.55),
        "Cfb": sizes(2.7, 0.15, 3.2, 0.12, 0.7, 0.85, 9, 1.4, 2.5, 0.55),
        "Cfc": sizes(2.3, 0.25, 2.8, 0.2, 0.6, 0.8, 6, 1.2, 1.25, 0.55),
        "Dfa": sizes(3.2, 0.25, 4.3, 0.3, 0.85, 0.9, 9.5, 1.4, 3, 0.55),
        "Dfb": sizes(4, 0.3, 4.4, 0.3, 0.85, 0.85, 9.5, 1.4, 3, 0.55),
        "Dfc": sizes(5, 0.35, 5.2, 0.3, 0.9, 0.9, 9, 1.4, 2.5, 0.55),
        "Dfd": sizes(5.5, 0.3, 5.5, 0.2, 0.8, 0.9, 10, 1.2, 2, 0.55),
        "Dwa": sizes(2.9, 0.2, 4.6, 0.25, 0.7, 0.9, 10, 1.2, 3, 0.55),
        "Dwb": sizes(3, 0.25, 4.4, 0.3, 0.7, 0.9, 8, 1.2, 2.5, 0.55),
        "Dwc": sizes(4.2, 0.3, 4.6, 0.25, 0.8, 1, 11.5, 1.2, 2.5, 0.55),
        "ET": sizes(3.6, 0.35, 3.8, 0.3, 0.6, 0.8, 5, 1.2, 1, 0.55),
        "Oc": sizes(0.9, 0.1, 1.4, 0.1, 0.15, 0.8, 7, 1, 0.75, -0.7),
        "EF": sizes(4.5, 0.4, 4.8, 0.4, 0.5, 0.8, 4, 1.2, 0.75, 0.55),
    ]

    private static func sizes(_ parts: Double...) -> SIMD16<Double> {
        var values = SIMD16<Double>()
        for (index, part) in parts.enumerated() { values[index] = part }
        return values
    }
}
