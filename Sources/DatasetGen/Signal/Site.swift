/// A place whose weather its sensors share.
struct Site: Sendable {
    /// Solar time runs ahead of UTC by this part of a day.
    private let longitudeDays: Double
    private let latitude: (sine: Double, cosine: Double, tangent: Double)
    private let climate: SiteClimate
    /// Shares of pressure's variance and its tide's amplitude in standard deviations, under `normal_parameters`.
    private let tide: Double
    /// By octave number; none in the second edition, which has its own.
    private let octaves: [LatticeNoise]

    /// What a place's weather follows.
    private enum SiteClimate: Sendable {
        case parameters
        case first(CityClimate)
        case second(CityWeather)
    }

    /// Whether the weather is that of the second edition.
    var isSecondEdition: Bool { if case .second = climate { true } else { false } }

    /// A place with a key of its own, below that of all weather.
    init(_ site: SensorSite, key: RandomKey, weatherKey: RandomKey) {
        let place = site.place
        let degrees = place.latitude?.double ?? 45
        let longitude = place.longitude?.double ?? 0
        longitudeDays = longitude / 360
        let (sine, cosine) = (Elementary.sine(turns: degrees / 360), Elementary.cosine(turns: degrees / 360))
        latitude = (sine, cosine, sine / max(cosine, 1e-6))
        let elevation = place.elevation ?? 0
        climate =
            switch site.climate {
            case .normalParameters: .parameters
            case .cityV1: .first(CityClimate(latitude: degrees, longitude: longitude, elevation: elevation))
            case .city, .cityV2:
                .second(
                    CityWeather(
                        latitude: degrees,
                        longitude: longitude,
                        elevation: elevation,
                        all: weatherKey,
                        own: key
                    )
                )
            }
        // At most a tenth of the variance: where the recipe leaves little, the tide is smaller than nature's.
        let amplitude = Tide.amplitude(cosine: cosine)
        tide = site.pressureDeviation > 0 ? min(amplitude / site.pressureDeviation, 0.447) : 0
        let count = if case .second = climate { 0 } else { Octave.surroundings.first }
        octaves = (0..<count).map { LatticeNoise(key.stream(UInt64($0))) }
    }

    /// The weather at a knot, which is an `instant` of `cells`, the worker's memory of lattices, in the second edition; `index` is
    /// the site's.
    func weather(_ knot: Knot, at instant: Int, ofSite index: Int, _ cells: inout WeatherCells) -> SiteWeather {
        let sun = LocalSun(
            day: knot.dayFraction + longitudeDays,
            declination: knot.declination,
            latitude: latitude
        )
        if case .second(let weather) = climate {
            return weather.weather(knot, at: instant, sun, ofSite: index, &cells)
        }
        let clearness = Cloudiness.clearness(process(Octave.cloud, knot))
        let gain = Cloudiness.gain(clearness: clearness)
        let cycle = DailyCycle.shared.standardised(solarHour: sun.hour, dayLength: sun.dayLength)
        let temperature = process(Octave.temperature, knot)
        let moisture = process(Octave.moisture, knot)
        let pressure = process(Octave.pressure, knot)
        var weather = SiteWeather(
            index: knot.index,
            clearness: clearness,
            sunElevation: sun.elevation,
            solarDay: sun.day
        )
        if case .first(let climate) = climate {
            let swing =
                climate.dailyRange(knot) * DailyCycle.shared.deviation(dayLength: sun.dayLength) * gain * cycle
            let dewPoint = climate.dewPoint(knot, weather: temperature, moisture: moisture, clearness: clearness)
            weather.values = SIMD4(
                climate.dailyMean(knot, weather: temperature) + swing,
                HumidAir.saturation(dewPoint),
                climate.pressure(knot, weather: pressure, solarDay: sun.day),
                0
            )
        } else {
            let day = cycle * gain / Cloudiness.rootMeanSquare
            weather.values = SIMD4(
                StandardShares.day * day + StandardShares.weather * temperature,
                -StandardShares.day * day + StandardShares.weather * moisture,
                (1 - tide * tide / 2).squareRoot() * pressure + tide * Tide.phase(solarDay: sun.day),
                0
            )
        }
        return weather
    }

    private func process(_ group: Octave.Group, _ knot: Knot) -> Double {
        var sum = 0.0
        for (number, amplitude) in zip(group.numbers, group.amplitudes) {
            sum += amplitude * octaves[number].value(at: knot.positions[number])
        }
        return sum
    }
}
