import DatasetGen
import Testing

@Suite struct SeamlessTests {
    /// The step into an event is rare among normal steps in few events only: in fewer than 20 % above the 99.9th
    /// percentile.
    @Test func edgesDoNotGiveEventsAway() throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: 2d, seed: 6}
                    replicas: {count: 40}
                    simulation: {interval: 10s}
                    anomalies:
                      probability: 0.1
                      types: {trend: {weight: 1}, pattern: {weight: 1}, noise: {weight: 1}}
                    """
            )
        )
        let limits = try MetricSchema.standard.all.map { try percentile999(of: $0, table) }
        for type in [AnomalyType.trend, .pattern, .noise] {
            let events = table.events.filter { $0.type == type && !$0.isTruncated }
            #expect(events.count > 100)
            let conspicuous = events.count { event in
                let edges = [event.ticks.lowerBound, event.ticks.upperBound]
                return event.metrics.elements.contains { metric in
                    edges.contains { tick in
                        step(metric, event.sensor, tick, table).map { $0 > limits[metric.rawValue] } ?? false
                    }
                }
            }
            #expect(Double(conspicuous) / Double(events.count) < 0.2, "\(type)")
        }
    }

    private func step(_ metric: Metric, _ sensor: Int, _ tick: Int64, _ table: ReadingTable) -> Int32? {
        guard (1..<table.plan.rows.tickCount).contains(tick),
            let before = table[sensor, tick - 1]?.metrics[metric.rawValue],
            let behind = table[sensor, tick]?.metrics[metric.rawValue]
        else { return nil }
        return abs(behind - before)
    }

    private func percentile999(of metric: Metric, _ table: ReadingTable) throws -> Int32 {
        var steps: [Int32] = []
        for sensor in 0..<40 {
            for tick in 1..<table.plan.rows.tickCount
            where table[sensor, tick]?.label == .normal && table[sensor, tick - 1]?.label == .normal {
                steps.append(try #require(step(metric, sensor, tick, table)))
            }
        }
        steps.sort()
        return steps[steps.count * 999 / 1_000]
    }
}
