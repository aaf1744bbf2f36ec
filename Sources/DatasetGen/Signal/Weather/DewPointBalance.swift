/// By how much the dew point must lie below the temperature for the mean humidity of a month to be what is normal.
///
/// Humidity bends with both, so that its mean is not that of their means: it is taken over the hours of a day and over the
/// passing systems.
struct DewPointBalance {
    private let sizes: WeatherSizes
    private let latitude: (sine: Double, cosine: Double, tangent: Double)
    private let hemisphere: Double

    /// The balance at a latitude in degrees.
    init(sizes: WeatherSizes, latitude: Double) {
        self.sizes = sizes
        let (sine, cosine) = (Elementary.sine(turns: latitude / 360), Elementary.cosine(turns: latitude / 360))
        self.latitude = (sine, cosine, sine / max(cosine, 1e-6))
        hemisphere = latitude < 0 ? -1 : 1
    }

    /// Gauss–Hermite points and weights of a normal deviate (Abramowitz and Stegun 1964, table 25.10).
    private static let deviates = [
        (-2.856_970, 0.011_257_4), (-1.355_626, 0.222_075_9), (0, 0.533_333_3), (1.355_626, 0.222_075_9),
        (2.856_970, 0.011_257_4),
    ]

    /// The difference in °C in a month from 0 to 11.
    func depression(celsius: Double, humidity: Double, month: Int) -> Double {
        let winter = ClimateNormals.months[month] * hemisphere
        let year = (Double(month) + 0.5) / 12
        let angle = -23.44 / 360 * Elementary.cosine(turns: year + 10 / 365.2425)
        let declination = (Elementary.sine(turns: angle), Elementary.cosine(turns: angle))
        let (temperature, dewPoint) = (sizes.temperature.size(winter), sizes.dewPoint.size(winter))
        let deviation =
            (SynopticState.depressionVariance(temperature: temperature, dewPoint: dewPoint)
            + sizes.fronts * sizes.fronts + 4.5 * sizes.short.middle * sizes.short.middle)
            .squareRoot()
        // Eight hours of a day: temperature, and what mixing takes from the dew point.
        var hours: [(celsius: Double, mixing: Double)] = []
        for index in 0..<8 {
            let sun = LocalSun(day: Double(index) / 8, declination: declination, latitude: latitude)
            let drying = sizes.drying(mixing: sizes.dailyMixing(sun), winter: winter)
            hours.append((celsius + sizes.dailyCycle(sun, winter: winter), drying))
        }
        var depression = (100 - humidity) / 5
        for _ in 0..<7 {
            var mean = 0.0
            for hour in hours {
                for (deviate, weight) in Self.deviates {
                    let dewPoint = celsius - depression + deviation * deviate - hour.mixing
                    let settled = HumidAir.settled(depression: hour.celsius - dewPoint)
                    let vapour = HumidAir.saturation(hour.celsius - settled)
                    mean += weight / 8 * HumidAir.relativeHumidity(vapour: vapour, celsius: hour.celsius)
                }
            }
            // A kelvin of dew point is some 6.5 % of the vapour.
            depression += Elementary.logarithm(mean / humidity) / 0.065
        }
        return depression
    }
}
