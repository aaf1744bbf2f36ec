/// A place whose weather its sensors share.
struct Site: Sendable {
    /// Solar time runs ahead of UTC by this part of a day.
    private let longitudeDays: Double
    private let latitude: (sine: Double, cosine: Double)
    /// tan φ, for the length of the day.
    private let slope: Double
    /// Nil where the readings follow `normal_parameters`.
    private let climate: CityClimate?
    /// Shares of pressure's variance and its tide's amplitude in standard deviations, under `normal_parameters`.
    private let tide: Double
    /// By octave number.
    private let octaves: [LatticeNoise]

    /// A place with a key of its own.
    init(_ site: SensorSite, key: RandomKey) {
        let place = site.place
        let degrees = place.latitude?.double ?? 45
        longitudeDays = (place.longitude?.double ?? 0) / 360
        latitude = (Elementary.sine(turns: degrees / 360), Elementary.cosine(turns: degrees / 360))
        slope = latitude.sine / max(latitude.cosine, 1e-6)
        self.climate =
            site.climate == .city
            ? CityClimate(
                latitude: degrees,
                longitude: place.longitude?.double ?? 0,
                elevation: place.elevation ?? 0
            ) : nil
        // At most a tenth of the variance: where the recipe leaves little, the tide is smaller than nature's.
        let amplitude = Tide.amplitude(cosine: latitude.cosine)
        tide = site.pressureDeviation > 0 ? min(amplitude / site.pressureDeviation, 0.447) : 0
        octaves = (0..<Octave.surroundings.first).map { LatticeNoise(key.stream(UInt64($0))) }
    }

    /// The weather at a knot.
    func weather(_ knot: Knot) -> SiteWeather {
        let solarDay = knot.dayFraction + longitudeDays
        let solarHour = (solarDay - Double(Int64(solarDay + 1) - 1)) * 24
        let clearness = Cloudiness.clearness(process(Octave.cloud, knot))
        let gain = Cloudiness.gain(clearness: clearness)
        // Sunrise equation: the hour angle H of sunset has cos H = −tan φ tan δ.
        let cosine = -slope * knot.declination.sine / knot.declination.cosine
        let hours = 48 * Elementary.arccosineTurns(min(1, max(-1, cosine)))
        let dayLength = min(max(hours, DailyCycle.dayLengths.lowerBound), DailyCycle.dayLengths.upperBound)
        let cycle = DailyCycle.shared.standardised(solarHour: solarHour, dayLength: dayLength)
        let temperature = process(Octave.temperature, knot)
        let moisture = process(Octave.moisture, knot)
        let pressure = process(Octave.pressure, knot)
        let hourAngle = Elementary.cosine(turns: solarDay - 0.5)
        let elevation =
            latitude.sine * knot.declination.sine + latitude.cosine * knot.declination.cosine * hourAngle
        var weather = SiteWeather(index: knot.index, clearness: clearness, sunElevation: elevation, solarDay: solarDay)
        if let climate {
            let swing = climate.dailyRange(knot) * DailyCycle.shared.deviation(dayLength: dayLength) * gain * cycle
            let dewPoint = climate.dewPoint(knot, weather: temperature, moisture: moisture, clearness: clearness)
            weather.values = SIMD4(
                climate.dailyMean(knot, weather: temperature) + swing,
                HumidAir.saturation(dewPoint),
                climate.pressure(knot, weather: pressure, solarDay: solarDay),
                0
            )
        } else {
            let day = cycle * gain / Cloudiness.rootMeanSquare
            weather.values = SIMD4(
                StandardShares.day * day + StandardShares.weather * temperature,
                -StandardShares.day * day + StandardShares.weather * moisture,
                (1 - tide * tide / 2).squareRoot() * pressure + tide * Tide.phase(solarDay: solarDay),
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
