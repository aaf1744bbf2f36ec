import DatasetGen
import Testing

@Suite struct MissingDataTests {
    static let recipe = """
        dataset: {duration: 2d, seed: 8}
        replicas: {count: 40}
        simulation: {interval: 10s}
        anomalies:
          probability: 0.06
          types:
            missing_data: {duration: 1m, max_duration: 20m, modes: [null, omit, stuck, sentinel, rail]}
        """

    let table: ReadingTable
    let twin: ReadingTable

    init() throws {
        table = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        twin = ReadingTable(try GenerationPlan(yaml: Self.recipe, options: [.set("anomalies.enabled=false")]))
    }

    @Test func lengthsAreHeavyTailedWithTheMeanAskedFor() throws {
        let lengths = table.events.filter { !$0.isTruncated }.map { $0.ticks.count }.sorted()
        // About 6,900 events whose length has a standard deviation of 9: four standard errors of the mean are 0.4.
        let mean = Double(lengths.reduce(0, +)) / Double(lengths.count)
        #expect(abs(mean - 6) < 0.4)
        let longest = try #require(lengths.last)
        #expect(longest <= 120)
        #expect(longest > 60)
        // Half of the gaps are short; the longest tenth holds more than a third of the lost readings.
        #expect(lengths[lengths.count / 2] < 6)
        let tail = lengths.suffix(lengths.count / 10).reduce(0, +)
        #expect(tail * 3 > lengths.reduce(0, +))
        let share = table.statistics.labels[0]
        #expect(abs(Double(share.anomalous) / Double(share.total) / 0.06 - 1) < 0.05)
    }

    @Test func modesShareTheEvents() {
        for mode in MissingMode.allCases {
            let part = Double(table.events.count { $0.mode == mode }) / Double(table.events.count)
            #expect(abs(part - 0.2) < 0.02, "\(mode)")
        }
    }

    @Test(arguments: [MissingMode.stuck, .sentinel, .rail])
    func readingsOfAnEventRepeatOneValue(mode: MissingMode) throws {
        let events = table.events.filter { $0.mode == mode }
        #expect(events.count > 100)
        for event in events {
            let values = try event.ticks.map { try #require(table[event.sensor, $0]?.metrics) }
            for metric in event.metrics.elements {
                #expect(Set(values.map { $0[metric.rawValue] }).count == 1)
            }
            let readings = try event.ticks.map { try #require(twin[event.sensor, $0]?.metrics) }
            #expect(values.first != readings.first)
            #expect(event.isTruncated || values.last != readings.last)
        }
    }

    @Test func stuckSensorsRepeatWhatTheyReported() throws {
        for event in table.events where event.mode == .stuck && event.ticks.lowerBound >= 64 {
            let value = try #require(table[event.sensor, event.ticks.lowerBound]?.metrics)
            let before = event.ticks.lowerBound - 64..<event.ticks.lowerBound
            #expect(before.contains { twin[event.sensor, $0]?.metrics == value })
        }
    }

    @Test func sentinelsAndRailsAreThePartsOwn() throws {
        // A transmitter's, in tenths of a degree and hundredths of a hectopascal.
        let sentinels: Set<Int32> = [-1_270, 850]
        let rails: Set<Int32> = [-400, 850]
        for event in table.events where event.mode == .sentinel || event.mode == .rail {
            let value = try #require(table[event.sensor, event.ticks.lowerBound]?.metrics)
            #expect((event.mode == .sentinel ? sentinels : rails).contains(value[0]))
            #expect(event.metrics.elements == [.temperature, .humidity, .pressure])
        }
    }
}
