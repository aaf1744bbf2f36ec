/// The tides of the air at a place: what the sun's heat does to the pressure day by day, once, twice and three times a day.
///
/// The diurnal tide is the place's own, as land and sea around have it. The semi-diurnal one is that of ``Tide``, 1.2 times as
/// large and up to 20 minutes earlier in winter. The terdiurnal one turns around between winter and summer (Chapman and
/// Lindzen, "Atmospheric Tides", 1970). Amplitudes and hours are those of a year of hourly observations of the places that
/// ``WeatherClasses`` follows.
struct PressureTides {
    private let (once, hour): (WeatherSizes.Seasonal, Double)
    private let (twice, thrice): (Double, Double)

    /// The tides at a latitude in degrees.
    init(_ sizes: WeatherSizes, latitude: Double) {
        let cosine = Elementary.cosine(turns: latitude / 360)
        let daily = sizes.dailyTide.hectopascals
        once = WeatherSizes.Seasonal(middle: daily.middle * cosine, winterShare: daily.winterShare)
        hour = sizes.dailyTide.hour
        twice = 1.2 * sizes.twiceDailyTide * Tide.amplitude(cosine: cosine)
        thrice = 0.18 * cosine
    }

    /// What they add to the pressure at sea level, in hPa, at a local solar time in days.
    func value(solarDay: Double, winter: Double) -> Double {
        once.size(winter) * Elementary.cosine(turns: solarDay - hour / 24)
            + twice * (1 + 0.2 * winter) * Elementary.sine(turns: 2 * solarDay + (156 + 10 * winter) / 360)
            + thrice * (0.2 + winter) * Elementary.cosine(turns: 3 * (solarDay - 1.95 / 24))
    }
}
