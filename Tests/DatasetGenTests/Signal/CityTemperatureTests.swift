import DatasetGen
import Testing

/// Temperature under `climate: city`; figures are means over four years of a city, seeds 1–4.
@Suite struct CityTemperatureTests {
    @Test(arguments: CityYear.editions) func dailyCycleFollowsTheSun(edition: String) throws {
        for years in try CityYear.middleLatitudes(edition) {
            let cycle = Figures.cycle(years.flatMap { $0[.temperature] }, length: 24)
            let coldest = cycle.indices.min { cycle[$0] < cycle[$1] }
            let warmest = cycle.indices.max { cycle[$0] < cycle[$1] }
            #expect((3...7).contains(coldest ?? -1), "\(years[0].city)")
            #expect((13...16).contains(warmest ?? -1), "\(years[0].city)")
        }
    }

    @Test(arguments: CityYear.editions) func dailyRangeVariesFromDayToDay(edition: String) throws {
        for years in try CityYear.middleLatitudes(edition) {
            let spreads = years.flatMap { year in
                year.months(.temperature)
                    .map { month in
                        let ranges = Figures.parts(month, of: 24).map { ($0.max() ?? 0) - ($0.min() ?? 0) }
                        return Figures.deviation(ranges) / Figures.mean(ranges)
                    }
            }
            #expect((0.2...0.5).contains(Figures.mean(spreads)), "\(years[0].city)")
        }
    }

    @Test(arguments: [(lag: 1, bounds: 0.94...0.99), (lag: 24, bounds: 0.4...0.9)], CityYear.editions)
    func weatherLastsForDays(_ lag: (lag: Int, bounds: ClosedRange<Double>), edition: String) throws {
        for years in try CityYear.middleLatitudes(edition) {
            let found = years.flatMap { $0.months(.temperature) }.map { Figures.autocorrelation($0, lag: lag.lag) }
            #expect(lag.bounds.contains(Figures.mean(found)), "\(years[0].city)")
        }
    }

    /// Tokyo's winter, dry and sunny, is told below.
    @Test(arguments: [(month: 0, bounds: 0.0...0.26), (month: 6, bounds: 0.13...0.7)], CityYear.editions)
    func dailyCycleIsAShareOfTheVariance(_ month: (month: Int, bounds: ClosedRange<Double>), edition: String) throws {
        for years in try CityYear.middleLatitudes(edition) where month.month > 0 || years[0].city != "Tokyo" {
            let shares = years.map { year in
                let readings = year.months(.temperature)[month.month]
                return Figures.variance(Figures.cycle(readings, length: 24)) / Figures.variance(readings)
            }
            #expect(month.bounds.contains(Figures.mean(shares)), "\(years[0].city)")
        }
    }

    /// Observed in January: 0.43 and 0.62 at Tokyo, 0.06 at Chicago.
    @Test func winterDaysAreThoseOfTheMonsoonInEastAsia() throws {
        for years in try CityYear.middleLatitudes("city_v2") where ["Tokyo", "Chicago"].contains(years[0].city) {
            let shares = years.map { year in
                let readings = year.months(.temperature)[0]
                return Figures.variance(Figures.cycle(readings, length: 24)) / Figures.variance(readings)
            }
            #expect((years[0].city == "Tokyo" ? 0.3...0.65 : 0...0.15).contains(Figures.mean(shares)), "\(shares)")
        }
    }

    @Test(arguments: CityYear.editions) func summerIsInJulyInTheNorthAndInJanuaryInTheSouth(edition: String) throws {
        let south = try CityYear.years(["Sydney", "Santiago", "Cape Town"], seed: 5, climate: edition)
        for (years, isSouth) in try CityYear.middleLatitudes(edition).map({ ($0, false) }) + south.map({ ([$0], true) })
        {
            let months = (0..<12).map { month in Figures.mean(years.flatMap { $0.months(.temperature)[month] }) }
            let july = months[6] - months[0]
            #expect(isSouth ? july < -4 : july > 10, "\(years[0].city)")
        }
    }

    @Test func heightIsCold() throws {
        // The weather of a place does not depend on its elevation: what is left is the lapse of 4.5 K/km.
        let means = try [0, 3_000]
            .map { elevation in
                let place = "{name: x, latitude: 10, longitude: 0, elevation: \(elevation)}"
                return Figures.mean(try CityYear.years([place], seed: 6)[0][.temperature])
            }
        #expect(abs(means[0] - means[1] - 13.5) < 0.1)
    }
}
