import DatasetFiles
import DatasetGen
import Foundation
import Testing

/// Parts of different steps in one dataset.
@Suite struct MixedFleetTests {
    @Test func manifestsStatisticsAreThoseOfTheReadings() async throws {
        let plan = try GenerationPlan(
            yaml: """
                dataset: {duration: 12h}
                simulation: {interval: 1m}
                fleet:
                  - {count: 2, prefix: A, part: DS18B20}
                  - {count: 2, prefix: B, part: BME280, supply: li_ion}
                  - {count: 2, prefix: C, part: transmitter, supply: solar}
                climate: city
                anomalies: {enabled: false}
                outputs: [csv]
                """
        )
        let folder = try TemporaryFolder()
        let path = folder.path(of: "mixed")
        _ = try await DatasetWriter(plan).write(to: path)
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path + "/manifest.json")))
        let statistics = try #require((json as? [String: Any])?["statistics"] as? [String: [String: Any]])

        let table = ReadingTable(plan)
        for metric in MetricSchema.standard.all {
            let readings = plan.fleet.sensors.flatMap { table.series(metric, of: $0.index) }
            let stated = try #require(statistics[MetricSchema.standard[metric].name]?["all"] as? [String: Double])
            #expect(stated["count"] == Double(readings.count))
            #expect(stated["min"] == readings.min())
            #expect(stated["max"] == readings.max())
            // Stated with six decimals.
            #expect(abs(try #require(stated["mean"]) - Figures.mean(readings)) < 1e-6)
            #expect(abs(try #require(stated["std_dev"]) - Figures.deviation(readings)) < 1e-6)
        }
        #expect(Set(plan.fleet.sensors.map { $0.resolutions[0].decimals }) == [1, 2, 4])
    }
}
