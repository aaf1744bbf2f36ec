import DatasetGen
import Testing

@Suite struct CleanTwinTests {
    static let recipe = """
        dataset: {duration: 6h, seed: 3}
        replicas: {count: 11}
        simulation: {interval: 5s}
        anomalies: {probability: 0.15}
        outputs: {clean: true}
        """

    @Test(arguments: ["time", "sensor"])
    func theTwinIsWhatTheHealthySensorReports(order: String) throws {
        let table = ReadingTable(try GenerationPlan(yaml: Self.recipe, options: [.set("dataset.order=\(order)")]))
        let healthy = ReadingTable(try GenerationPlan(yaml: Self.recipe, options: [.set("anomalies.enabled=false")]))
        var changed = 0
        for (reading, twin) in zip(table.readings, healthy.readings) {
            let (reading, twin) = (try #require(reading), try #require(twin))
            #expect(reading.clean == twin.metrics)
            if reading.metrics != reading.clean {
                changed += 1
                #expect(reading.label.isAnomalous)
            }
        }
        #expect(changed > 1_000)
    }

    @Test func withoutBeingAskedForThereIsNone() throws {
        let plan = try GenerationPlan(yaml: Self.recipe, options: [.set("outputs={csv: true}")])
        #expect(ReadingTable(plan).readings.allSatisfy { $0?.clean == [] })
    }
}
