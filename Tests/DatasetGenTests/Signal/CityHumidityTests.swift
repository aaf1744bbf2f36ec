import DatasetGen
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Humidity under `climate: city`; figures are means over four years of a city, seeds 1–4.
@Suite struct CityHumidityTests {
    @Test(arguments: CityYear.editions) func warmHoursAreDry(edition: String) throws {
        for years in try CityYear.middleLatitudes(edition) {
            let correlations = years.flatMap { year in
                let july = 180..<210
                return zip(year.days(.temperature)[july], year.days(.humidity)[july]).map(Figures.correlation)
            }
            #expect((-0.97 ... -0.75).contains(Figures.median(correlations)), "\(years[0].city)")
        }
    }

    @Test(arguments: CityYear.editions) func dewPointIsNeverAboveTheTemperature(edition: String) throws {
        for year in try CityYear.middleLatitudes(edition).joined() {
            for (celsius, humidity) in zip(year[.temperature], year[.humidity]) {
                // The inverse of the Magnus formula (Alduchov and Eskridge 1996).
                let x = log(humidity / 100) + 17.625 * celsius / (243.04 + celsius)
                #expect(humidity > 0 && humidity <= 100 && 243.04 * x / (17.625 - x) <= celsius + 1e-9)
            }
        }
    }

    @Test(arguments: ["0.3", "0.7", "7", "30"])
    func coarseStepsStayBelowSaturation(resolution: String) throws {
        let plan = try GenerationPlan(
            yaml: """
                dataset: {duration: 30d}
                simulation: {interval: 10m}
                climate: city
                replicas: {count: 5}
                sensor: {location: London}
                normal_parameters: {humidity: {resolution: \(resolution)}}
                anomalies: {types: {spike: {metrics: humidity, magnitude: 50}}}
                """
        )
        let step = plan.fleet.sensors[0].resolutions[Metric.humidity.rawValue]
        let limit = 100 * Int32(FixedPoint(count: 1, decimals: step.decimals).double == 1 ? 1 : 10)
        for reading in ReadingTable(plan).readings {
            let count = try #require(reading).metrics[Metric.humidity.rawValue]
            #expect((0...limit).contains(count) && count % step.step == 0)
        }
    }

    @Test(arguments: CityYear.editions) func humidityChangesFromHourToHour(edition: String) throws {
        for years in try CityYear.middleLatitudes(edition) {
            let changes = years.map { Figures.deviation(Figures.changes($0[.humidity])) }
            #expect((4...7).contains(Figures.mean(changes)), "\(years[0].city)")
        }
    }

    @Test(arguments: CityYear.editions) func readingsDoNotPileUpAtSaturation(edition: String) throws {
        let readings = try CityYear.middleLatitudes(edition).joined().flatMap { $0[.humidity] }
        let total = Double(readings.count)
        #expect(Double(readings.count { $0 > 99 }) / total < 0.03)
        // 0.1 % steps: the top percent has ten values, none of which may hold more than an even share of its 3 %; or, where
        // moist air stays saturated for longer and ends six deviations of the noise below 100 %, two and a half times that:
        // it is 0.0067 ± 0.0002.
        let most = edition == "city_v1" ? 0.004 : 0.0075
        let values = Dictionary(readings.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(values.filter { $0.key > 99 }.allSatisfy { Double($0.value) / total < most })
        // Fog and rain exist.
        #expect(readings.contains { $0 > 99 })
    }
}
