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

    /// No phase of the hour, nor of the five minutes between two knots, is livelier than another.
    @Test(arguments: [("5m", "40d"), ("15s", "2d")])
    func changesAreEvenOverTheHour(interval: String, duration: String) throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: \(duration), seed: 3}
                    simulation: {interval: \(interval)}
                    climate: city
                    fleet: [{count: 12, location: Denver}, {count: 12, location: Oslo}]
                    sensor: {part: BME280}
                    normal_parameters: {temperature: {resolution: 0.001}, pressure: {resolution: 0.001}}
                    anomalies: {enabled: false}
                    """
            )
        )
        let phases = interval == "5m" ? 12 : 20
        for metric in [Metric.temperature, .pressure] {
            var squares = [Double](repeating: 0, count: phases)
            for sensor in table.plan.fleet.sensors {
                let series = table.series(metric, of: sensor.index)
                for (index, change) in Figures.changes(Figures.changes(series)).enumerated() {
                    squares[index % phases] += change * change
                }
            }
            let mean = Figures.mean(squares)
            #expect(squares.allSatisfy { (0.9...1.1).contains($0 / mean) }, "\(squares.map { $0 / mean })")
        }
    }

    /// Two sensors side by side differ by what their surroundings do within minutes, which the first edition does not know.
    @Test(arguments: [("city_v1", 0.03...0.09), ("city_v2", 0.15...0.25)])
    func surroundingsChangeWithinMinutes(edition: String, kelvin: ClosedRange<Double>) throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: 3d, seed: 8}
                    simulation: {interval: 1m}
                    climate: \(edition)
                    sensor: {part: BME280, location: Denver}
                    replicas: {count: 8}
                    anomalies: {enabled: false}
                    """
            )
        )
        let changes = (0..<4)
            .flatMap { pair in
                let (one, other) = (2 * pair, 2 * pair + 1)
                let differences = zip(table.series(.temperature, of: one), table.series(.temperature, of: other))
                return Figures.changes(differences.map { $0 - $1 }, lag: 5)
            }
        #expect(kelvin.contains(Figures.deviation(changes)), "\(Figures.deviation(changes))")
    }
}
