import DatasetGen
import Testing

@Suite struct CounterModelTests {
    private func source(
        cycles: [MetricCycle] = [],
        resetsAt: Double? = nil,
        _ grid: TickGrid
    ) throws -> CounterSource {
        CounterSource(
            try CounterModel(
                "energy",
                rate: 0.4,
                cycles: cycles,
                resetsAt: resetsAt,
                resolution: Resolution(parsing: "0.001")!,
                grid: grid
            )
        )
    }

    private static let daily = MetricCycle(period: MetricFixture.day, share: 0.6, peak: 18 * MetricFixture.hour)

    @Test(arguments: [[], [daily]])
    func aCounterGrowsAtItsRate(_ cycles: [MetricCycle]) throws {
        let grid = MetricFixture.grid(days: 30, interval: "10s")
        let source = try source(cycles: cycles, grid)
        for sensor in 0..<5 as Range<UInt64> {
            let counts = MetricFixture.counts(source, MetricFixture.keys(sensor), 0..<grid.tickCount)
            #expect(counts[0] == 0)
            #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 })
            let last = Double(counts.last!) / 1_000
            #expect(abs(last - 288) < 2.4)
        }
        let first = MetricFixture.counts(source, MetricFixture.keys(1), 0..<grid.tickCount)
        #expect(first != MetricFixture.counts(source, MetricFixture.keys(2), 0..<grid.tickCount))
        #expect(MetricFixture.cut(source, MetricFixture.keys(1), 1_000..<3_000) == Array(first[1_000..<3_000]))
    }

    @Test func theRateFollowsItsCycle() throws {
        let grid = MetricFixture.grid(days: 50, interval: "1h")
        let counts = MetricFixture.counts(
            try source(cycles: [Self.daily], grid),
            MetricFixture.keys(1),
            0..<grid.tickCount
        )
        let growth = Figures.cycle(Figures.changes(counts.map(Double.init)), length: 24).map { $0 / 400 }
        // 1 ± 0.6 at the peak and opposite it.
        let (highest, lowest) = ((growth[17] + growth[18]) / 2, (growth[5] + growth[6]) / 2)
        #expect(abs(highest - 1.6) < 0.1)
        #expect(abs(lowest - 0.4) < 0.1)
    }

    @Test func aLapStartsAgainFromZero() throws {
        let grid = MetricFixture.grid(days: 30, interval: "1m")
        let endless = MetricFixture.counts(try source(grid), MetricFixture.keys(4), 0..<grid.tickCount)
        let laps = MetricFixture.counts(try source(resetsAt: 10, grid), MetricFixture.keys(4), 0..<grid.tickCount)
        #expect(laps == endless.map { $0 % 10_000 })
        #expect(laps.max()! > 9_990)
    }

    @Test func whatCannotBeHadIsRefused() {
        let grid = MetricFixture.grid(days: 36_500, interval: "1d")
        let (tenth, fine) = (MetricFixture.tenth, Resolution(parsing: "0.000001")!)
        func refusal(rate: Double = 1, share: Double = 0, resetsAt: Double? = 10, fine isFine: Bool = false) -> String?
        {
            do {
                _ = try CounterModel(
                    "n",
                    rate: rate,
                    cycles: [MetricCycle(period: 60_000_000, share: share, peak: 0)],
                    resetsAt: resetsAt,
                    resolution: isFine ? fine : tenth,
                    grid: grid
                )
                return nil
            } catch {
                return error.keyPath
            }
        }
        #expect(refusal() == nil)
        #expect(refusal(rate: 0) == "metrics.n.rate.mean")
        #expect(refusal(share: 1.1) == "metrics.n.rate.cycles.0.share")
        #expect(refusal(resetsAt: 0.25) == "metrics.n.resets_at")
        #expect(refusal(resetsAt: nil, fine: true) == "metrics.n.resets_at")
    }

    /// The energy of a day is the integral of the power of that day.
    @Test(arguments: [
        "{period: 8h}",
        "{octaves: [{period: 8h, share: 0.7}, {period: 3h, share: 0.3}], volatility: {size: 0.8, period: 9h}}",
    ])
    func aCounterGrowsAsWhatItFollowsSays(_ wander: String) throws {
        let plan = try GenerationPlan(
            yaml: """
                dataset: {duration: 20d, seed: 6}
                replicas: {count: 3}
                simulation: {interval: 5m}
                anomalies: {enabled: false}
                metrics:
                  energy: {model: counter, resolution: 0.001, rate: {mean: 0.5, follows: [{metric: power, weight: 1}]}}
                  power: {mean: 500, std_dev: 200, min: 0, max: 3000, resolution: 1, distribution: lognormal, wander: \(wander)}
                """
        )
        let table = ReadingTable(plan)
        let backwards = ReadingTable(plan, blocks: (0..<plan.blockCount).reversed())
        #expect(table.readings == backwards.readings)
        for sensor in 0..<3 {
            var (energies, powers): ([Double], [Double]) = ([], [])
            let readings = try (0..<plan.rows.tickCount).map { try #require(table[sensor, $0]).metrics }
            #expect(readings[0][0] == 0)
            #expect(zip(readings, readings.dropFirst()).allSatisfy { $0[0] <= $1[0] })
            for day in 0..<19 {
                energies.append(Double(readings[(day + 1) * 288][0] - readings[day * 288][0]) / 1_000)
                powers.append(
                    (day * 288..<(day + 1) * 288).reduce(0) { $0 + Double(readings[$1][1]) } / 288 * 24 / 1_000
                )
            }
            // Half a step of the power, and what the rate does between two looks.
            for (energy, power) in zip(energies, powers) { #expect(abs(energy - power) < 0.005 * power + 0.01) }
            #expect(energies.max()! > 1.1 * energies.min()!)
        }
    }

    @Test("a rate cannot follow what is 0 on the mean: told at its key")
    func followsNothing() {
        let error = #expect(throws: RecipeErrors.self) {
            _ = try Recipe([
                "metrics": [
                    "pm25": ["mean": 0, "std_dev": 2],
                    "total": [
                        "model": "counter", "rate": ["mean": 0.001, "follows": [["metric": "pm25", "weight": 0.4]]],
                    ],
                ]
            ])
        }
        #expect(error.map { "\($0)" }?.contains("metrics.total.rate.follows.0: the mean of pm25") == true)
    }
}
