import DatasetGen
import Testing

@Suite struct LabelTests {
    static let recipe = """
        dataset: {duration: 12h, seed: 5}
        replicas: {count: 30}
        simulation: {interval: 4s}
        anomalies:
          probability: 0.15
          types:
            spike: {weight: 0.3}
            trend: {weight: 0.2, duration: 5m}
            pattern: {weight: 0.2, duration: 10m}
            missing_data: {weight: 0.1, duration: 30s, modes: [null, omit]}
            noise: {weight: 0.2, duration: 3m}
        """

    @Test func unlabelledReadingsEqualTheHealthyTwin() throws {
        let sick = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        let twin = ReadingTable(try GenerationPlan(yaml: Self.recipe, options: [.set("anomalies.enabled=false")]))
        var labelled = 0
        for (reading, healthy) in zip(sick.readings, twin.readings) {
            let (reading, healthy) = (try #require(reading), try #require(healthy))
            #expect(!healthy.label.isAnomalous)
            if reading.label.isAnomalous {
                labelled += 1
            } else {
                #expect(reading == healthy)
            }
        }
        #expect(labelled > 10_000)
        #expect(twin.events.isEmpty)
    }

    @Test func eventsAreTheLabels() throws {
        let table = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        let twin = ReadingTable(try GenerationPlan(yaml: Self.recipe, options: [.set("anomalies.enabled=false")]))
        var expected = [AnomalyType?](repeating: nil, count: table.readings.count)
        let ticks = table.plan.rows.tickCount
        for event in table.events {
            #expect(!event.ticks.isEmpty)
            for tick in event.ticks {
                #expect(expected[event.sensor * Int(ticks) + Int(tick)] == nil, "events overlap")
                expected[event.sensor * Int(ticks) + Int(tick)] = event.type
            }
            // A healthy reading on both sides: events do not touch.
            for neighbour in [event.ticks.lowerBound - 1, event.ticks.upperBound] where (0..<ticks).contains(neighbour)
            {
                #expect(table[event.sensor, neighbour]?.label == .normal)
            }
            var ends = [event.ticks.lowerBound]
            if !event.isTruncated { ends.append(event.ticks.upperBound - 1) }
            for end in ends {
                #expect(table[event.sensor, end]?.metrics != twin[event.sensor, end]?.metrics)
            }
        }
        #expect(table.readings.map { $0?.label.anomalyType } == expected)
        #expect(Set(table.events.map(\.type)).count == 5)
    }

    @Test func missingDataIsNullOrOmitted() throws {
        let table = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        var modes: [MissingMode: Int] = [:]
        for event in table.events where event.type == .missingData {
            modes[try #require(event.mode), default: 0] += 1
            for tick in event.ticks {
                let reading = try #require(table[event.sensor, tick])
                #expect(reading.metrics.allSatisfy { $0 == ReadingBlock.null })
                #expect(reading.label.isOmitted == (event.mode == .omit))
            }
        }
        #expect(modes.count == 2)
        #expect(modes.values.allSatisfy { $0 > 50 })
    }

    @Test func eventsThatTheRunCutsAreMarked() throws {
        let table = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        let lengths: [AnomalyType: Int] = [.spike: 1, .trend: 75, .pattern: 150, .noise: 45]
        for event in table.events {
            if let length = lengths[event.type] {
                #expect((event.ticks.count < length) == event.isTruncated)
            } else if event.isTruncated {
                // Lost data have lengths of their own.
                #expect(event.ticks.lowerBound == 0 || event.ticks.upperBound == table.plan.rows.tickCount)
            }
        }
        #expect(table.events.contains { $0.isTruncated && $0.ticks.lowerBound == 0 })
        #expect(table.events.contains { $0.isTruncated && $0.ticks.upperBound == table.plan.rows.tickCount })
    }
}
