import DatasetGen
import Testing

/// What the models of metrics are tested with: sensors of made-up keys, and readings as numbers of the unit.
enum MetricFixture {
    static let hour: Int64 = 3_600_000_000
    static let day = 24 * hour

    static func grid(days: Int64, interval: String) -> TickGrid {
        let start = SimulatedTime(parsing: "2025-01-01T00:00:00Z")!
        let end = SimulatedTime(microseconds: start.microseconds + days * day)
        return TickGrid(start: start, end: end, interval: TickInterval(parsing: interval)!)
    }

    static func keys(_ sensor: UInt64, group: UInt64 = 1) -> MetricKeys {
        let root = RandomKey(seed: 42)
        return MetricKeys(
            sensor: root.derived("sensor", sensor),
            city: root.derived("city", group),
            group: root.derived("group", group),
            fleet: root
        )
    }

    static func counts(_ source: some MetricSource, _ sensor: MetricKeys, _ ticks: Range<Int64>) -> [Int32] {
        var source = source
        source.prepare(ticks: ticks)
        var column = [Int32](repeating: 0, count: ticks.count)
        source.fill(sensor, ticks: ticks, into: &column)
        return column
    }

    /// The readings of a range in cuts of several sizes, asked for from the last one to the first.
    static func cut(_ source: some MetricSource, _ sensor: MetricKeys, _ ticks: Range<Int64>) -> [Int32] {
        var source = source
        var parts: [[Int32]] = []
        var (begin, size) = (ticks.lowerBound, Int64(1))
        var ranges: [Range<Int64>] = []
        while begin < ticks.upperBound {
            ranges.append(begin..<min(begin + size, ticks.upperBound))
            begin += size
            size = size * 3 % 101
        }
        for range in ranges.reversed() {
            source.prepare(ticks: max(0, range.lowerBound - 5)..<range.upperBound + 3)
            var column = [Int32](repeating: 0, count: range.count)
            source.fill(sensor, ticks: range, into: &column)
            parts.append(column)
        }
        return parts.reversed().flatMap { $0 }
    }

    static let tenth = Resolution(parsing: "0.1")!

    static func process(
        _ parameters: ProcessParameters,
        named name: String = "co2",
        _ grid: TickGrid
    ) throws -> ProcessSource {
        let latent = try ProcessLatent.all([(name, parameters, tenth)])
        return ProcessSource(
            try ProcessModel(name, parameters, latent: latent[name]!, resolution: tenth, grid: grid)
        )
    }

    /// Any cut of a run has the readings of the whole, and so has a longer run.
    static func expectSameReadings(_ parameters: ProcessParameters) throws {
        let grid = grid(days: 1, interval: "7s")
        let source = try process(parameters, grid)
        let sensor = keys(3)
        let whole = counts(source, sensor, 0..<grid.tickCount)
        #expect(cut(source, sensor, 100..<4_000) == Array(whole[100..<4_000]))
        let longer = try process(parameters, Self.grid(days: 9, interval: "7s"))
        #expect(counts(longer, sensor, 0..<grid.tickCount) == whole)
    }

    /// The key that a process of 0…40 around 20 ± 5 is refused for when its parameters are changed; nil if it is not refused.
    static func refusal(_ change: (inout ProcessParameters) -> Void) -> String? {
        var parameters = ProcessParameters(mean: 20, standardDeviation: 5, minimum: 0, maximum: 40)
        change(&parameters)
        do {
            _ = try process(parameters, grid(days: 1, interval: "1s"))
            return nil
        } catch {
            return (error as? MetricModelError)?.keyPath
        }
    }

    static let co2 = ProcessParameters(mean: 650, standardDeviation: 180, minimum: 400, maximum: 5000)
}
