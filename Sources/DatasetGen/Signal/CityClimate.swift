/// Season, weather and pressure of a place on earth from its position and elevation alone.
///
/// Simple formulas, typical for cities and some kelvin off for any one of them; `docs/models.md` gives each with its
/// source.
struct CityClimate: Sendable {
    /// Squared sine, sine and cosine of the latitude.
    private let sine: Double
    private let cosine: Double
    /// 1 in the north, −1 in the south, where the seasons are the other way round.
    private let hemisphere: Double
    /// Annual mean of the temperature in °C.
    private let meanTemperature: Double
    /// Half the difference between the warmest and the coldest time of the year, in °C.
    private let seasonalAmplitude: Double
    /// Annual mean of the difference between the temperature (without daily cycle) and the dew point, in °C.
    private let dewPointDepression: Double
    /// Mean pressure at the station in hPa.
    private let meanPressure: Double
    /// The semi-diurnal tide's amplitude in hPa at this elevation.
    private let tide: Double

    init(latitude: Double, longitude: Double, elevation: Double) {
        let turns = latitude / 360
        (sine, cosine) = (Elementary.sine(turns: turns), Elementary.cosine(turns: turns))
        hemisphere = latitude < 0 ? -1 : 1
        let degrees = abs(latitude)
        // The two-term form in sin²φ of North (1975), through the annual means of cities at sea level: 27.5 °C at the
        // equator, 20 at 30°, 12.5 at 45°, 5 at 60°. Cities high up mostly lie on plateaus, which the sun heats: 4.5 K/km
        // instead of the free atmosphere's 6.5.
        let continentality = Continentality(latitude: latitude, longitude: longitude)
        meanTemperature =
            27.5 - 30 * sine * sine - 0.0045 * elevation + continentality.warmth(latitude: latitude)
        // Oceans halve the seasons of the southern hemisphere.
        seasonalAmplitude = (latitude < 0 ? 0.15 : 0.24) * degrees * continentality.seasons
        // The descending air of the subtropics is dry.
        let distance = (degrees - 25) / 9
        dewPointDepression = 4 + 5 * Elementary.exponential(-distance * distance)
        let relative = Self.relativePressure(elevation: elevation)
        meanPressure = 1_013.25 * relative
        tide = Tide.amplitude(cosine: cosine) * relative
    }

    /// Pressure at an elevation in metres relative to that at sea level.
    ///
    /// ICAO standard atmosphere: p = 1013.25 hPa (1 − 2.25577 · 10⁻⁵ h)^5.25588.
    static func relativePressure(elevation: Double) -> Double {
        let ratio = max(0.1, 1 - 2.255_77e-5 * elevation)
        return Elementary.exponential(5.255_88 * Elementary.logarithm(ratio))
    }

    /// Winter in the place's own hemisphere: 1 in its depth, −1 in high summer.
    func winter(_ knot: Knot) -> Double { knot.winter * hemisphere }

    /// Temperature in °C without daily cycle; `weather` is a process of variance 1.
    func dailyMean(_ knot: Knot, weather: Double) -> Double {
        let winter = winter(knot)
        return meanTemperature - seasonalAmplitude * winter
            + (1 + 6 * sine * sine * (1 + 0.25 * winter)) * weather
    }

    /// Temperature in °C without daily cycle and weather, by the winter of the northern hemisphere.
    func seasonalMean(winter: Double) -> Double { meanTemperature - seasonalAmplitude * winter * hemisphere }

    /// The mean daily range of temperature in °C, by the sun's height at noon.
    func dailyRange(_ knot: Knot) -> Double {
        let noon = sine * knot.declination.sine + cosine * knot.declination.cosine
        return 9 * (0.2 + 0.8 * max(0, noon))
    }

    /// The dew point in °C; `moisture` is a process of variance 1.
    func dewPoint(_ knot: Knot, weather: Double, moisture: Double, clearness: Double) -> Double {
        dailyMean(knot, weather: 0.85 * weather) - dewPointDepression + 2.4 * moisture - 3 * (clearness - 0.5)
    }

    /// Station pressure in hPa; `weather` is a process of variance 1.
    func pressure(_ knot: Knot, weather: Double, solarDay: Double) -> Double {
        let synoptic = 1.5 + 13 * sine * sine * (1 + 0.25 * winter(knot))
        return meanPressure * (1 + synoptic * weather / 1_013.25) + tide * Tide.phase(solarDay: solarDay)
    }
}
