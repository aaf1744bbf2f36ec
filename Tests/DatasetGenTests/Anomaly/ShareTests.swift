import DatasetGen
import Testing

/// Shares are expected values: with a fixed seed they are compared within four standard errors of the event counts, or
/// 10 % where at least 200 events are expected.
@Suite struct ShareTests {
    static let fleet = """
        dataset: {duration: 2d, seed: 3}
        simulation: {interval: 10s}
        fleet:
          - {count: 30, manufacturer: SensorTech, model: EnvMonitor-3000, firmware_version: 3.0.0-beta}
          - {count: 30, manufacturer: DataLogger, firmware_version: 2.1.0}
          - {count: 30, manufacturer: MonitorPro, firmware_version: 1.4}
          - {count: 30, manufacturer: DataSense, model: EnvMonitor-5000, firmware_version: 3.1.0}
          - {count: 30, manufacturer: Anyone, model: EnvMonitor-4000, firmware_version: 4.0.0-rc.1}
        anomalies: {probability: 0.05}
        """

    @Test func sharesMeetTheAskedOnes() throws {
        let plan = try GenerationPlan(yaml: Self.fleet)
        let table = ReadingTable(plan)
        let factors = [1.2 * 1.5, 1.1 * 0.85, 0.9 * 0.7, 0.8 * 1, 1 * 1.5]
        let extra: [(AnomalyType, Double)?] = [(.missingData, 2), nil, nil, (.spike, 1.5), (.pattern, 1.5)]
        let weights: [AnomalyType: Double] = [.spike: 0.4, .trend: 0.2, .pattern: 0.1, .missingData: 0.1, .noise: 0.2]
        let durations: [AnomalyType: Double] = [.spike: 1, .trend: 30, .pattern: 60, .missingData: 3, .noise: 18]
        #expect(plan.fleet.profiles.count == 5)
        for (index, labels) in table.statistics.labels.enumerated() {
            let total = Double(labels.total)
            var scaled = weights
            if let (type, factor) = extra[index] { scaled[type, default: 0] *= factor }
            let sum = scaled.values.reduce(0, +)
            for type in AnomalyType.allCases {
                let asked = 0.05 * factors[index] * (scaled[type] ?? 0) / sum
                let expectedEvents = asked * total / (durations[type] ?? 1)
                let tolerance = expectedEvents >= 200 ? 0.1 : 4 / expectedEvents.squareRoot()
                let realised = Double(labels[type]) / total
                #expect(abs(realised / asked - 1) < tolerance, "\(plan.fleet.profiles[index].manufacturer) \(type)")
            }
            let share = Double(labels.anomalous) / total
            #expect(abs(share / (0.05 * factors[index]) - 1) < 0.1)
        }
    }

    @Test func phasesChangeTheShareAsTimeGoesBy() throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: 4h, seed: 2}
                    replicas: {count: 50}
                    anomalies:
                      probability: 0.01
                      phases: [{at: 1h, probability: 0.05}, {at: 2h, probability: 0.10}, {at: 3h, probability: 0.25}]
                      types: {spike: {weight: 0.6}, missing_data: {weight: 0.4, duration: 20s}}
                    """
            )
        )
        for (hour, asked) in [0.01, 0.05, 0.1, 0.25].enumerated() {
            var anomalous = 0
            for sensor in 0..<50 {
                for tick in Int64(hour) * 3_600..<Int64(hour + 1) * 3_600 {
                    anomalous += table[sensor, tick]?.label.isAnomalous == true ? 1 : 0
                }
            }
            #expect(abs(Double(anomalous) / (50 * 3_600) / asked - 1) < 0.1, "hour \(hour)")
        }
    }

    @Test func denseAnomaliesAreHadOrRefused() throws {
        // One reading in two is the most that spikes can be: events of one tick, one tick apart.
        let half = ReadingTable(
            try GenerationPlan(yaml: "anomalies: {probability: 0.5, types: {spike: {weight: 1}}}")
        )
        let labels = half.statistics.labels[0]
        #expect(labels.anomalous * 2 == labels.total)
        let error = #expect(throws: PlanError.self) {
            try GenerationPlan(yaml: "anomalies: {probability: 0.6, types: {spike: {weight: 1}}}")
        }
        #expect(error?.keyPath == "anomalies.probability")
        #expect(error?.description.hasSuffix("the highest is 0.5") == true)
    }

    @Test(arguments: ["0", "1e-300", "1e-15", "0.000001"])
    func rareAnomaliesAreHad(probability: String) throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: "dataset: {duration: 10h}",
                options: [.set("anomalies.probability=\(probability)")]
            )
        )
        #expect(table.events.count < 10)
    }

    @Test func positionsAreUniformInTime() throws {
        let table = ReadingTable(try GenerationPlan(yaml: Self.fleet))
        let ticks = Double(table.plan.rows.tickCount)
        for type in AnomalyType.allCases {
            let positions = table.events.filter { $0.type == type && !$0.isTruncated }
                .map { Double($0.ticks.lowerBound) / ticks }.sorted()
            // Kolmogorov–Smirnov against the uniform distribution: 1.63 / √n is exceeded with p = 0.01.
            let n = Double(positions.count)
            let distance = positions.enumerated()
                .reduce(0.0) { worst, item in
                    max(
                        worst,
                        abs(item.element - Double(item.offset) / n),
                        abs(item.element - Double(item.offset + 1) / n)
                    )
                }
            #expect(distance < 1.63 / n.squareRoot(), "\(type)")
            let last = Double(positions.count { $0 >= 0.9 }) / n
            #expect((0.05...0.15).contains(last), "\(type)")
        }
    }
}
