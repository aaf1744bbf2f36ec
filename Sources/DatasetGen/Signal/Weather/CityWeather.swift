/// The weather of a place as the second edition of `climate: city` has it: temperature, dew point and pressure move together.
///
/// `docs/models.md` gives each formula.
struct CityWeather: Sendable {
    private let noise: PlaceNoise
    private let sizes: WeatherSizes
    /// The mean clear part of the sky.
    private let meanClearness: Double
    /// Mean temperature in °C, and its difference to the mean dew point.
    private let temperature: YearlyCourse
    private let depression: YearlyCourse
    /// 1 in the north, −1 in the south.
    private let hemisphere: Double
    /// Mean pressure at the station in hPa, and relative to that at sea level.
    private let meanPressure: Double
    private let relativePressure: Double
    /// Standard deviation of the passing systems' pressure at sea level in hPa, and its share that winter adds.
    private let pressure: Double
    private let pressureWinter: Double
    /// Standard deviation in hPa of what stays for more than a week.
    private let slowPressure: Double
    private let tides: PressureTides

    /// The weather of a place in degrees north and east, at an elevation in metres; `all` is the key of the weather of all
    /// places, `own` that of what is this place's alone.
    init(latitude: Double, longitude: Double, elevation: Double, all: RandomKey, own: RandomKey) {
        let direction = WeatherField.direction(latitude: latitude, longitude: longitude)
        noise = PlaceNoise(all: all, own: own, direction: direction)
        let normals = ClimateNormals(latitude: latitude, longitude: longitude, elevation: elevation)
        sizes = normals.sizes
        meanClearness = Cloudiness.meanClearness(bias: sizes.clearness)
        hemisphere = latitude < 0 ? -1 : 1
        temperature = YearlyCourse(monthlyMeans: normals.temperatures)
        let dew = DewPointBalance(sizes: normals.sizes, latitude: latitude)
        depression = YearlyCourse(
            monthlyMeans: (0..<12)
                .map { month in
                    dew.depression(
                        celsius: normals.temperatures[month],
                        humidity: normals.humidities[month],
                        month: month
                    )
                }
        )
        relativePressure = CityClimate.relativePressure(elevation: elevation)
        // The belt of subtropical highs, as yearly means at sea level have it.
        let belt = (abs(latitude) - 32) / 16
        let seaLevel = 1_011 + 5.5 * Elementary.exponential(-belt * belt) + sizes.meanPressure.hectopascals
        meanPressure = seaLevel * relativePressure
        let sine = Elementary.sine(turns: latitude / 360)
        // 6.4 hPa in New York, as fronts less where they are rare.
        let strength = 0.913 * (1.5 + 13 * sine * sine)
        pressure = strength * (0.45 + 0.55 * min(1, sizes.fronts)) * sizes.pressure
        slowPressure = sizes.slowPressure * strength
        pressureWinter = sizes.pressureWinter + 0.4 * min(max((abs(latitude) - 10) / 30, 0), 1)
        tides = PressureTides(sizes, latitude: latitude)
    }

    /// Winter in the place's own hemisphere: 1 in its depth, −1 in high summer.
    func winter(_ knot: Knot) -> Double { knot.winter * hemisphere }

    /// The weather at a knot, which is an `instant` of `cells`, the worker's memory.
    func weather(
        _ knot: Knot,
        at instant: Int,
        _ sun: LocalSun,
        ofSite site: Int,
        _ cells: inout WeatherCells
    ) -> SiteWeather {
        cells.evaluate(noise, ofSite: site, at: instant)
        let winter = winter(knot)
        let state = SynopticState(cells)
        let fronts = cells.frontEffect * sizes.fronts
        // More and less cloud than usual, with the passing systems.
        let sky =
            0.75 * cells.process(WeatherProcess.cloud) + 0.35 * (state.behind - state.dewPoint + state.temperature)
        let clearness = Cloudiness.clearness(sky, bias: sizes.clearness)
        let gain = 1 + sizes.cloud * (clearness - meanClearness)
        let restless = SynopticState.volatility(cells, sizes.volatilities)
        // The sun stirs the air, a clear sky's more.
        let sunshine = max(0, sun.elevation) * (0.5 + clearness)
        let mixing = sizes.dailyMixing(sun)
        let dewPointStirring = sizes.dewPointStirring

        var celsius = temperature.value(at: knot.yearPart)
        var dewPoint = celsius - depression.value(at: knot.yearPart)
        celsius +=
            sizes.temperature.size(winter) * state.temperature
            + 2.2 * (1 + 0.4 * winter) * fronts.x
            + cells.process(WeatherProcess.shortTemperature) * restless.temperature
            * (0.7 + sizes.stirring * sunshine) * sizes.short.size(winter)
            + sizes.dailyCycle(sun, winter: winter) * gain
        let slow = sizes.slowDewPoint
        let moisture =
            (1 - slow * slow).squareRoot() * state.dewPoint + slow * cells.process(WeatherProcess.slowDewPoint)
        dewPoint +=
            sizes.dewPoint.size(winter) * moisture
            + 3.6 * (1 + 0.3 * winter) * fronts.y
            + cells.process(WeatherProcess.shortDewPoint) * restless.dewPoint
            * (0.7 + dewPointStirring.sun * sunshine + dewPointStirring.mixing * mixing)
            * sizes.short.middle * sizes.shortDewPoint.size(winter)
            - sizes.drying(mixing: mixing, winter: winter) * clearness / meanClearness
        let hectopascals =
            (pressure * state.pressure + slowPressure * cells.process(WeatherProcess.slowPressure))
            * (1 + pressureWinter * winter)
            + sizes.meanPressure.winter * winter
            + 2.6 * (1 + 0.5 * winter) * fronts.z
            + cells.process(WeatherProcess.shortPressure) * restless.pressure * sizes.shortPressure * (1 + 0.3 * winter)
            + tides.value(solarDay: sun.day, winter: winter)
        var weather = SiteWeather(
            index: knot.index,
            clearness: clearness,
            sunElevation: sun.elevation,
            solarDay: sun.day
        )
        weather.values = SIMD4(
            celsius,
            HumidAir.saturation(celsius - HumidAir.settled(depression: celsius - dewPoint)),
            meanPressure + hectopascals * relativePressure,
            0
        )
        return weather
    }
}
