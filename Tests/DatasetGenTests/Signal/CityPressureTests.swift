import DatasetGen
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Pressure under `climate: city`.
@Suite struct CityPressureTests {
    /// Means over four years of a city, seeds 1–4.
    @Test(arguments: CityYear.editions) func pressureChangesSlowly(edition: String) throws {
        for years in try CityYear.middleLatitudes(edition) {
            let correlations = years.flatMap { $0.months(.pressure) }.map { Figures.autocorrelation($0, lag: 1) }
            let changes = years.map { Figures.deviation(Figures.changes($0[.pressure], lag: 3)) }
            #expect(Figures.mean(correlations) > 0.99, "\(years[0].city)")
            #expect((0.8...2.4).contains(Figures.mean(changes)), "\(years[0].city)")
        }
    }

    /// In the first edition 1.16 hPa · cos³φ at sea level, in proportion to the pressure above it; La Paz lies at 3,640 m.
    @Test(arguments: [("Singapore", 1.16), ("Quito", 0.82), ("La Paz", 0.65), ("Amsterdam", 0.26)])
    func tideHasTwoMaximaADay(city: String, amplitude: Double) throws {
        let year = try CityYear.years([city], seed: 7, climate: "city_v1")[0]
        let zone = (year.longitude / 15).rounded()
        var (cosine, sine) = (0.0, 0.0)
        for (hour, pressure) in year[.pressure].enumerated() {
            let solarHour = Double(hour) + year.longitude / 15 - zone
            cosine += 2 / 8_640.0 * pressure * cos(4 * .pi * solarHour / 24)
            sine += 2 / 8_640.0 * pressure * sin(4 * .pi * solarHour / 24)
        }
        // Weather adds about 0.01 hPa to a fit over a year; twice that near 50° N.
        #expect(abs((cosine * cosine + sine * sine).squareRoot() - amplitude) < 0.04)
        let maximum = atan2(sine, cosine) / (4 * .pi) * 24
        #expect((9...10.2).contains(maximum < 0 ? maximum + 12 : maximum))
    }

    /// The ICAO standard atmosphere at the city's elevation, within 2 hPa.
    ///
    /// The second edition adds what lands and seas do: observed at Denver's airport, 4.9 hPa.
    @Test(arguments: [("La Paz", 646.0), ("Denver", 834.4), ("Amsterdam", 1_013.5)], CityYear.editions)
    func pressureIsThatOfTheStation(_ place: (city: String, hectopascals: Double), edition: String) throws {
        let year = try CityYear.years([place.city], seed: 8, climate: edition)[0]
        let more = edition == "city_v2" && place.city == "Denver" ? 4.9 : 0
        #expect(abs(Figures.mean(year[.pressure]) - place.hectopascals - more) < 3)
    }
}
