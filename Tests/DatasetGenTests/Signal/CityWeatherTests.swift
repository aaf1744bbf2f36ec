import DatasetGen
import Testing

/// The weather of the second edition: what places share, and how temperature and pressure go together.
@Suite struct CityWeatherTests {
    /// Newark's and LaGuardia's airports lie 27 km apart, London's and Sydney's far from both and from each other.
    private static let places = Result {
        try CityYear.years(
            [
                "{name: Newark, latitude: 40.6925, longitude: -74.1687, elevation: 2}",
                "{name: LaGuardia, latitude: 40.7772, longitude: -73.8726, elevation: 2}", "London", "Sydney",
            ],
            seed: 12
        )
    }

    /// What is left of hourly readings when the mean course of the day in each month is taken off.
    private func anomalies(_ year: CityYear, _ metric: Metric) -> [Double] {
        year.months(metric)
            .flatMap { month in
                let course = Figures.cycle(month, length: 24)
                return month.enumerated().map { $0.element - course[$0.offset % 24] }
            }
    }

    @Test func nearPlacesShareTheirWeather() throws {
        let places = try Self.places.get()
        let temperatures = places.map { anomalies($0, .temperature) }
        #expect((0.85...0.99).contains(Figures.correlation(temperatures[0], temperatures[1])))
        for (one, other) in [(0, 2), (0, 3), (2, 3)] {
            // A year has some hundred independent days.
            #expect(abs(Figures.correlation(temperatures[one], temperatures[other])) < 0.25)
        }
        let pressures = places.map { anomalies($0, .pressure) }
        #expect((0.15...0.7).contains(Figures.deviation(zip(pressures[0], pressures[1]).map { $0 - $1 })))
    }

    @Test func warmAirComesBeforeALow() throws {
        for years in try CityYear.middleLatitudes("city_v2") where years[0].city != "Tokyo" {
            let correlations = years.flatMap { year in
                zip(year.months(.temperature), year.months(.pressure))
                    .map { Figures.correlation(Array($0.dropLast(8)), Array($1.dropFirst(8))) }
            }
            #expect(Figures.mean(correlations) < -0.1, "\(years[0].city)")
        }
    }

    /// No phase of the hour is livelier than another: lattices lie elsewhere for each process, place and sensor.
    @Test func changesAreEvenOverTheHour() throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: 40d, seed: 3}
                    simulation: {interval: 5m}
                    climate: city
                    fleet: [{count: 12, location: Denver}, {count: 12, location: Oslo}]
                    normal_parameters: {temperature: {resolution: 0.001}, pressure: {resolution: 0.001}}
                    anomalies: {enabled: false}
                    """
            )
        )
        for metric in [Metric.temperature, .pressure] {
            var squares = [Double](repeating: 0, count: 12)
            for sensor in table.plan.fleet.sensors {
                let series = table.series(metric, of: sensor.index)
                for (index, change) in Figures.changes(Figures.changes(series)).enumerated() {
                    squares[index % 12] += change * change
                }
            }
            let mean = Figures.mean(squares)
            #expect(squares.allSatisfy { (0.9...1.1).contains($0 / mean) }, "\(squares.map { $0 / mean })")
        }
    }
}
