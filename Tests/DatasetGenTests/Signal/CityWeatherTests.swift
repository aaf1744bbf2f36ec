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

    /// A desert's heat moves the pressure as no island's does, whose breeze ends the rise of the temperature soon after noon; so does that
    /// of a cold sea, which leaves little of the day's range.
    ///
    /// Observed in summer: 4.6 hPa at Phoenix, warmest at 15 h; 2.3 hPa at Honolulu, warmest at 12 h; 9.2 K and 15 h at
    /// Seattle, 4.4 K and 12 h at Los Angeles.
    @Test func daysAreThoseOfTheirClimate() throws {
        let years = try CityYear.years(["Phoenix", "Honolulu", "Seattle", "Los Angeles"], seed: 12)
        func summer(_ metric: Metric) -> [[Double]] {
            years.map { Figures.cycle(Array($0.months(metric)[5...7].joined()), length: 24) }
        }
        func ranges(_ metric: Metric) -> [Double] { summer(metric).map { ($0.max() ?? 0) - ($0.min() ?? 0) } }
        #expect((3.6...5.2).contains(ranges(.pressure)[0]))
        #expect((1.7...2.7).contains(ranges(.pressure)[1]))
        #expect((7.5...10.5).contains(ranges(.temperature)[2]))
        #expect((3.5...6).contains(ranges(.temperature)[3]))
        let warmest = summer(.temperature).map { day in day.indices.max { day[$0] < day[$1] } ?? 0 }
        #expect((14...16).contains(warmest[0]))
        #expect((11...13).contains(warmest[1]))
        #expect((14...16).contains(warmest[2]))
        #expect((11...13).contains(warmest[3]))
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

    /// Eight sensors of a city.
    private static func denver(_ edition: String, duration: String, interval: String) throws -> ReadingTable {
        ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: \(duration), seed: 8}
                    simulation: {interval: \(interval)}
                    climate: \(edition)
                    sensor: {part: BME280, location: Denver}
                    replicas: {count: 8}
                    anomalies: {enabled: false}
                    """
            )
        )
    }

    /// Two sensors side by side differ by what their surroundings do within minutes, which the first edition does not know.
    @Test(arguments: [("city_v1", 0.03...0.09), ("city_v2", 0.15...0.25)])
    func surroundingsChangeWithinMinutes(edition: String, kelvin: ClosedRange<Double>) throws {
        let table = try Self.denver(edition, duration: "3d", interval: "1m")
        let changes = (0..<4)
            .flatMap { pair in
                let (one, other) = (2 * pair, 2 * pair + 1)
                let differences = zip(table.series(.temperature, of: one), table.series(.temperature, of: other))
                return Figures.changes(differences.map { $0 - $1 }, lag: 5)
            }
        #expect(kelvin.contains(Figures.deviation(changes)), "\(Figures.deviation(changes))")
    }

    /// Readings half a minute apart are the same but for their noise, whether there are others between them or not.
    @Test(arguments: ["10s", "15s", "30s"])
    func surroundingsDoNotDependOnTheInterval(interval: String) throws {
        func series(_ metric: Metric, every interval: String) throws -> [[Double]] {
            let table = ReadingTable(
                try GenerationPlan(
                    yaml: """
                        dataset: {duration: 6h, seed: 4}
                        simulation: {interval: \(interval)}
                        climate: city
                        sensor: {part: BME280, location: Oslo}
                        replicas: {count: 4}
                        normal_parameters:
                          {temperature: {resolution: 0.001}, humidity: {resolution: 0.001}, pressure: {resolution: 0.001}}
                        anomalies: {enabled: false}
                        """
                )
            )
            let seconds = Int(interval.dropLast()) ?? 0
            return (0..<4)
                .map { sensor in
                    table.series(metric, of: sensor).enumerated().filter { $0.offset * seconds % 30 == 0 }
                        .map(\.element)
                }
        }
        for (metric, noise) in [(Metric.temperature, 0.005), (.humidity, 0.02), (.pressure, 0.013)] {
            let (some, all) = (try series(metric, every: interval), try series(metric, every: "5s"))
            let differences = zip(some, all).flatMap { some, all in zip(some, all).map { $0 - $1 } }
            // 2,880 differences of two readings: a standard error of 0.013 for the ratio.
            let ratio = Figures.deviation(differences) / (noise * 2.0.squareRoot())
            #expect((0.95...1.06).contains(ratio), "\(metric): \(ratio)")
        }
    }

    /// What goes on for hours where one sensor stands does not where another of the city does.
    ///
    /// Of 28 pairs over 60 days a deviation is known to within some percent.
    @Test(arguments: [("city_v1", 0.15...0.35, 0.08...0.16), ("city_v2", 0.65...0.9, 0.16...0.23)])
    func sensorsOfACityDiffer(edition: String, kelvin: ClosedRange<Double>, hectopascal: ClosedRange<Double>) throws {
        let table = try Self.denver(edition, duration: "60d", interval: "1h")
        for (metric, range) in [(Metric.temperature, kelvin), (.pressure, hectopascal)] {
            let series = (0..<8).map { table.series(metric, of: $0) }
            let deviations = (1..<8)
                .flatMap { other in
                    (0..<other).map { one in Figures.deviation(zip(series[one], series[other]).map { $0 - $1 }) }
                }
            #expect(range.contains(Figures.mean(deviations)), "\(metric): \(Figures.mean(deviations))")
        }
    }
}
