import DatasetGen
import Synchronization
import Testing

/// What a program does that the command line does not.
@Suite("The library in a program")
struct LibraryTests {
    private static let sections: JSONValue = [
        "dataset": ["duration": "2h", "seed": 7, "start": "2026-05-01"],
        "simulation": ["interval": "10s"],
        "replicas": ["count": 60],
        "anomalies": ["probability": 0.1],
        "metrics": [
            "temperature": [:],
            "co2": ["unit": "ppm", "resolution": 1, "mean": 650, "std_dev": 100, "limits": [0, 1100]],
            "fahrenheit": ["formula": "temperature * 1.8 + 32", "resolution": 0.1],
        ],
    ]

    @Test("a recipe made in a program is the one that is read from the same text")
    func building() throws {
        let text = """
            dataset: {duration: 2h, seed: 7, start: 2026-05-01}
            simulation: {interval: 10s}
            replicas: {count: 60}
            anomalies: {probability: 0.1}
            metrics:
              temperature: {}
              co2: {unit: ppm, resolution: 1, mean: 650, std_dev: 100, limits: [0, 1100]}
              fahrenheit: {formula: temperature * 1.8 + 32, resolution: 0.1}
            """
        let read = try RecipeReader().read(text, source: "recipe.yaml", defaultName: "dataset").recipe
        #expect(try Recipe(Self.sections) == read)
    }

    @Test("a mistake in one is told with its key and what would be right")
    func mistakes() throws {
        let error = #expect(throws: RecipeErrors.self) {
            _ = try Recipe(["dataset": ["duration": "yesterday"], "replicas": ["cuont": 3]])
        }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains("dataset.duration") && text.contains("did you mean count?"), "\(text)")
    }

    /// Seconds since midnight for CO₂; nothing where that is a multiple of 100.
    private struct Seconds: HealthySource {
        var metrics = ["co2"]

        func fill(_ metric: String, of sensor: Sensor, at times: [SimulatedTime], into values: inout [Double]) {
            for index in times.indices {
                let seconds = times[index].microseconds / 1_000_000 % 86_400
                values[index] = seconds.isMultiple(of: 100) ? .nan : Double(seconds) + 0.4
            }
        }
    }

    /// The readings of a block as a row per reading.
    private struct Rows: ReadingEncoder {
        mutating func encode(_ readings: borrowing ReadingBlock, events: [AnomalyEvent]) -> [[Int64]] {
            (0..<readings.count)
                .map { row in
                    [Int64(readings.sensors[row]), readings.times[row], Int64(readings.labels[row])]
                        + readings.metrics.map { Int64($0[row]) }
                }
        }
    }

    private func rows(_ plan: GenerationPlan, workers: Int) async throws -> [[Int64]] {
        let rows = Mutex<[[Int64]]>([])
        try await plan.encode(with: Rows(), workers: workers) { piece in rows.withLock { $0 += piece } }
        return rows.withLock { $0 }
    }

    @Test("a source of one's own gives the healthy readings, rounded, held within limits, NULL where it has none")
    func source() async throws {
        let recipe = try Recipe(Self.sections)
        let plan = try GenerationPlan(recipe, healthy: Seconds())
        let (own, usual) = (try await rows(plan, workers: 2), try await rows(try GenerationPlan(recipe), workers: 2))
        #expect(own.count == 60 * 720 && own.count == usual.count)
        var healthy = 0
        for (row, other) in zip(own, usual) where row[2] == 0 {
            healthy += 1
            let seconds = row[1] / 1_000_000 % 86_400
            let expected = seconds.isMultiple(of: 100) ? Int64(ReadingBlock.null) : min(seconds, 1100)
            // All else is the recipe's.
            guard row[4] == expected, row[3] == other[3], row[5] == other[5], other[2] == 0 else {
                Issue.record("\(row) \(other) \(expected)")
                return
            }
        }
        #expect(healthy > own.count * 4 / 5)
        #expect(own.map { $0[2] } == usual.map { $0[2] })
    }

    @Test("pieces come in order, the same ones from any number of workers; a stop is heard")
    func encoding() async throws {
        let plan = try GenerationPlan(try Recipe(Self.sections), healthy: Seconds())
        let one = try await rows(plan, workers: 1)
        #expect(try await rows(plan, workers: 3) == one)
        #expect(one.map { $0[1] } == one.map { $0[1] }.sorted())
        struct Stop: Error {}
        await #expect(throws: Stop.self) { try await plan.encode(with: Rows(), workers: 2) { _ in throw Stop() } }
    }

    @Test("a source of what the recipe does not measure, or of a derived metric, is refused")
    func refusals() throws {
        let recipe = try Recipe(Self.sections)
        #expect(throws: PlanError.source(.notMeasured("pm25"))) {
            _ = try GenerationPlan(recipe, healthy: Seconds(metrics: ["pm25"]))
        }
        #expect(throws: PlanError.source(.noSource("fahrenheit"))) {
            _ = try GenerationPlan(recipe, healthy: Seconds(metrics: ["fahrenheit"]))
        }
    }
}
