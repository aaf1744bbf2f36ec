import DatasetGen
import Testing

/// What sensors have for good.
@Suite struct LevelTests {
    /// Each distribution with levels of 3, of which a cycle may take a part of the rest.
    static let cases: [ProcessParameters] = {
        var normal = ProcessParameters(mean: 20, standardDeviation: 5, minimum: -20, maximum: 60)
        normal.cycles = [MetricCycle(period: MetricFixture.day, share: 0.2, peak: 0)]
        normal.noise = 1
        var lognormal = ProcessParameters(mean: 12, standardDeviation: 6, minimum: 0, maximum: 200)
        lognormal.distribution = .lognormal
        var uniform = ProcessParameters(mean: 10, standardDeviation: 4, minimum: 0, maximum: 20)
        uniform.distribution = .uniform
        var quantiles = ProcessParameters(mean: 0, standardDeviation: 0, minimum: 0, maximum: 60)
        quantiles.distribution = .quantiles([0, 2, 3, 5, 9, 21])
        return [normal, lognormal, uniform, quantiles]
            .map { parameters in
                var parameters = parameters
                parameters.levels = 3
                parameters.wander = RedNoise(period: MetricFixture.hour)
                return parameters
            }
    }()

    /// Readings of sensors at instants that have nothing to do with one another.
    static func sensors(_ parameters: ProcessParameters, count: UInt64) throws -> [[Double]] {
        let grid = MetricFixture.grid(days: 12, interval: "3h1s")
        let source = try MetricFixture.process(parameters, grid)
        return (0..<count)
            .map { sensor in
                MetricFixture.counts(source, MetricFixture.keys(sensor), 0..<grid.tickCount).map { Double($0) / 10 }
            }
    }

    @Test(arguments: cases.indices)
    func meansOfSensorsAreAsFarApartAsAsked(_ index: Int) throws {
        let parameters = Self.cases[index]
        let sensors = try Self.sensors(parameters, count: 2_000)
        let means = sensors.map(Figures.mean)
        // What is left in a mean of so many readings is no level.
        let within = Figures.mean(sensors.map(Figures.variance)) / Double(sensors[0].count - 1)
        let found = (Figures.variance(means) - within).squareRoot()
        #expect(abs(found / 3 - 1) < 0.06, "\(found)")
        guard parameters.standardDeviation > 0 else { return }
        let all = sensors.flatMap { $0 }
        #expect(abs(Figures.mean(all) - parameters.mean) < 0.3)
        #expect(abs(Figures.deviation(all) / parameters.standardDeviation - 1) < 0.06)
        #expect(all.min()! >= parameters.minimum && all.max()! <= parameters.maximum)
    }

    @Test func aFollowerHasNoneOfAnothersLevels() throws {
        var leader = ProcessParameters(mean: 20, standardDeviation: 5, minimum: -80, maximum: 120)
        leader.levels = 4
        var follower = ProcessParameters(mean: 50, standardDeviation: 5, minimum: -80, maximum: 180)
        follower.follows = [.init(metric: "load", weight: 0.8)]
        let grid = MetricFixture.grid(days: 30, interval: "1h")
        let tenth = MetricFixture.tenth
        let latents = try ProcessLatent.all([("load", leader, tenth), ("heat", follower, tenth)])
        let columns = try [("load", leader), ("heat", follower)]
            .map { name, parameters in
                let model = try ProcessModel(name, parameters, latent: latents[name]!, resolution: tenth, grid: grid)
                return (0..<200 as Range<UInt64>)
                    .map { sensor in
                        MetricFixture.counts(ProcessSource(model), MetricFixture.keys(sensor), 0..<grid.tickCount)
                            .map(Double.init)
                    }
            }
        let within = Figures.mean(zip(columns[0], columns[1]).map(Figures.correlation))
        #expect(abs(within - 0.8) < 0.02, "\(within)")
        #expect(abs(Figures.correlation(columns[0].map(Figures.mean), columns[1].map(Figures.mean))) < 0.25)
        #expect(Figures.deviation(columns[1].map(Figures.mean)) < 10)
    }

    @Test func moreThanAllReadingsDoIsRefused() {
        let refusal = MetricFixture.refusal
        #expect(refusal { $0.levels = 4 } == nil)
        #expect(refusal { $0.levels = 5 } == "metrics.co2.levels")
        #expect(refusal { ($0.levels, $0.noise) = (4.5, 3) } == "metrics.co2.levels")
        #expect(refusal { ($0.levels, $0.distribution) = (2, .quantiles([10, 11, 13])) } == "metrics.co2.levels")
        let daily = MetricCycle(period: MetricFixture.day, share: 0.5, peak: 0)
        #expect(refusal { ($0.levels, $0.cycles) = (4, [daily]) } == "metrics.co2.cycles")
    }

    @Test(arguments: cases.indices)
    func anyCutHasTheSameReadings(_ index: Int) throws {
        let grid = MetricFixture.grid(days: 1, interval: "7s")
        let source = try MetricFixture.process(Self.cases[index], grid)
        let sensor = MetricFixture.keys(3)
        let whole = MetricFixture.counts(source, sensor, 0..<grid.tickCount)
        #expect(MetricFixture.cut(source, sensor, 100..<4_000) == Array(whole[100..<4_000]))
    }
}
