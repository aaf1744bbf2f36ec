import DatasetGen
import Testing

@Suite struct ProcessModelTests {
    /// Distributions with bounds that bite, cycles, noise and none.
    static let cases: [ProcessParameters] = {
        var normal = ProcessParameters(mean: 20, standardDeviation: 5, minimum: 0, maximum: 40)
        normal.cycles = [MetricCycle(period: MetricFixture.day, share: 0.5, peak: 14 * MetricFixture.hour)]
        normal.noise = 1
        let tight = ProcessParameters(mean: 50, standardDeviation: 25, minimum: 0, maximum: 100)
        var lognormal = MetricFixture.co2
        lognormal.distribution = .lognormal
        lognormal.noise = 8
        lognormal.mean = 800
        lognormal.cycles = [
            MetricCycle(
                period: MetricFixture.day,
                share: 0.3,
                peak: 14 * MetricFixture.hour,
                days: [true, true, true, true, true, false, false]
            )
        ]
        var uniform = ProcessParameters(mean: 10, standardDeviation: 3, minimum: 0, maximum: 20)
        uniform.distribution = .uniform
        uniform.cycles = [MetricCycle(period: MetricFixture.day, share: 0.3, peak: 0)]
        return [normal, tight, lognormal, uniform]
    }()

    /// Values of 24 sensors over 120 days with a wander of an hour: some 60,000 independent values.
    static func values(_ parameters: ProcessParameters, interval: String = "20m") throws -> [Double] {
        var parameters = parameters
        parameters.wander = RedNoise(period: MetricFixture.hour)
        let grid = MetricFixture.grid(days: 120, interval: interval)
        let source = try MetricFixture.process(parameters, grid)
        return (0..<24 as Range<UInt64>)
            .flatMap { sensor in
                MetricFixture.counts(source, MetricFixture.keys(sensor), 0..<grid.tickCount / 504 * 504)
            }
            .map { Double($0) / 10 }
    }

    @Test(arguments: cases.indices)
    func momentsAndBoundsAreAsAsked(_ index: Int) throws {
        let parameters = Self.cases[index]
        let values = try Self.values(parameters)
        let tolerance = 0.02 * parameters.standardDeviation
        #expect(abs(Figures.mean(values) - parameters.mean) < tolerance)
        #expect(abs(Figures.deviation(values) - parameters.standardDeviation) < tolerance)
        #expect(values.min()! >= parameters.minimum && values.max()! <= parameters.maximum)
        // A twentieth of the range at either bound holds no crowd.
        let room = (parameters.maximum - parameters.minimum) / 1_000
        let (lowest, highest) = (parameters.minimum + room, parameters.maximum - room)
        let ends = values.count { $0 < lowest || $0 > highest }
        #expect(Double(ends) < 0.005 * Double(values.count))
    }

    @Test func quantilesAreAsAsked() throws {
        var parameters = ProcessParameters(mean: 0, standardDeviation: 0, minimum: 0, maximum: 200)
        parameters.distribution = .quantiles([0, 1, 5, 20, 120])
        let values = try Self.values(parameters)
        for (bound, share) in [(1.0, 0.25), (5.0, 0.5), (20.0, 0.75)] {
            let found = Double(values.count { $0 < bound }) / Double(values.count)
            #expect(abs(found - share) < 0.02)
        }
        #expect(values.max()! <= 120)
    }

    @Test func aLognormalLeansToTheRight() throws {
        let values = try Self.values(Self.cases[2])
        #expect(Figures.median(values) < Figures.mean(values) - 5)
    }

    @Test func aCycleHasItsShareOfTheVariance() throws {
        var parameters = ProcessParameters(mean: 20, standardDeviation: 5, minimum: -80, maximum: 120)
        parameters.cycles = [
            MetricCycle(period: MetricFixture.day, share: 0.4, peak: 14 * MetricFixture.hour),
            MetricCycle(period: 7 * MetricFixture.day, share: 0.2, peak: 0),
        ]
        let values = try Self.values(parameters)
        let day = Figures.cycle(values, length: 72)
        let daily = Figures.variance(day) / 25
        let weekly = Figures.variance(Figures.cycle(values, length: 504)) / 25
        let peak = day.firstIndex(of: day.max()!)!
        #expect(abs(daily - 0.4) < 0.03)
        #expect((39...45).contains(peak))
        #expect(abs(weekly - 0.6) < 0.05)
    }

    @Test func aCycleKeepsToItsDays() throws {
        // From Wednesday, 1 January 2025.
        let cycle = MetricCycle(
            period: MetricFixture.day,
            share: 0.9,
            peak: 12 * MetricFixture.hour,
            days: [true, true, true, true, true, false, false]
        )
        var parameters = ProcessParameters(mean: 20, standardDeviation: 5, minimum: -80, maximum: 120)
        parameters.cycles = [cycle]
        let week = Figures.cycle(try Self.values(parameters), length: 504)
        let days = Figures.parts(week, of: 72).map { $0.max()! - $0.min()! }
        for (index, range) in days.enumerated() {
            let isWeekend = index == 3 || index == 4
            #expect(isWeekend == (range < 5), "day \(index): \(range)")
        }
    }

    @Test func couplingHasItsWeightAndLag() throws {
        let hour = MetricFixture.hour
        var leader = ProcessParameters(mean: 20, standardDeviation: 5, minimum: -80, maximum: 120)
        leader.wander = RedNoise(period: 3 * hour)
        var follower = ProcessParameters(mean: 800, standardDeviation: 150, minimum: 300, maximum: 5000)
        follower.distribution = .lognormal
        follower.wander = RedNoise(period: 2 * hour)
        follower.follows = [.init(metric: "load", weight: -0.7, lag: hour)]
        let grid = MetricFixture.grid(days: 200, interval: "10m")
        // Listed behind what follows it.
        let tenth = MetricFixture.tenth
        let latents = try ProcessLatent.all([("co2", follower, tenth), ("load", leader, tenth)])
        let sources = try [("load", leader), ("co2", follower)]
            .map { name, parameters in
                ProcessSource(
                    try ProcessModel(
                        name,
                        parameters,
                        latent: latents[name]!,
                        resolution: MetricFixture.tenth,
                        grid: grid
                    )
                )
            }
        let columns = sources.map { source in
            (0..<8 as Range<UInt64>)
                .map { MetricFixture.counts(source, MetricFixture.keys($0), 0..<grid.tickCount).map(Double.init) }
        }
        func correlation(lag: Int) -> Double {
            Figures.mean(
                zip(columns[0], columns[1])
                    .map { Figures.correlation(Array($0.dropLast(lag)), Array($1.dropFirst(lag))) }
            )
        }
        let found = [0, 3, 6, 9, 12].map(correlation)
        #expect(found.firstIndex(of: found.min()!) == 2)
        // The logarithm's curve takes a little off the correlation of readings.
        #expect(abs(found[2] + 0.7) < 0.03)
        let deviation = Figures.deviation(columns[1].flatMap { $0 }) / 10
        #expect(abs(deviation - 150) < 5)
    }

    @Test func sharedWanderIsThatOfOthers() throws {
        let grid = MetricFixture.grid(days: 60, interval: "10m")
        for (scope, isShared) in [(MetricScope.sensor, false), (.city, true), (.group, true), (.fleet, true)] {
            var parameters = MetricFixture.co2
            parameters.mean = 1_200
            parameters.scope = scope
            let source = try MetricFixture.process(parameters, grid)
            let columns = ([1, 2] as [UInt64])
                .map { MetricFixture.counts(source, MetricFixture.keys($0), 0..<grid.tickCount) }
            #expect((columns[0] == columns[1]) == isShared)
        }
    }

    @Test func changesStay() throws {
        var parameters = ProcessParameters(mean: 20, standardDeviation: 2, minimum: 0, maximum: 100)
        parameters.wander = RedNoise(period: MetricFixture.hour)
        let day = MetricFixture.day
        parameters.changes = [
            .init(offset: 20 * day, shift: 30, factor: 2), .init(offset: 40 * day, duration: 20 * day, shift: -20),
        ]
        let grid = MetricFixture.grid(days: 80, interval: "10m")
        let source = try MetricFixture.process(parameters, grid)
        let columns = (0..<16 as Range<UInt64>)
            .map { MetricFixture.counts(source, MetricFixture.keys($0), 0..<grid.tickCount).map { Double($0) / 10 } }
        func part(_ days: Range<Int>) -> [Double] {
            columns.flatMap { $0[days.lowerBound * 144..<days.upperBound * 144] }
        }
        for (days, mean, deviation) in [(0..<20, 20.0, 2.0), (20..<40, 50, 4), (49..<51, 40, 4), (60..<80, 30, 4)] {
            #expect(abs(Figures.mean(part(days)) - mean) < 0.2)
            #expect(abs(Figures.deviation(part(days)) / deviation - 1) < 0.06)
        }
    }

    @Test(arguments: cases.indices)
    func anyCutHasTheSameReadings(_ index: Int) throws {
        var parameters = Self.cases[index]
        if case .normal = parameters.distribution {
            parameters.changes = [.init(offset: 2 * MetricFixture.hour, duration: MetricFixture.hour, factor: 0.9)]
        }
        try MetricFixture.expectSameReadings(parameters)
    }

    @Test func whatCannotBeHadIsRefused() {
        let refusal = MetricFixture.refusal
        func cycle(_ share: Double, _ period: Int64 = MetricFixture.day) -> MetricCycle {
            MetricCycle(period: period, share: share, peak: 0)
        }
        #expect(refusal { _ in } == nil)
        #expect(refusal { $0.standardDeviation = 15 } == "metrics.co2.std_dev")
        #expect(refusal { $0.mean = 41 } == "metrics.co2.std_dev")
        #expect(refusal { $0.minimum = 50 } == "metrics.co2.min")
        #expect(refusal { $0.maximum = 1e12 } == "metrics.co2.max")
        #expect(refusal { $0.standardDeviation = 0.01 } == "metrics.co2.resolution")
        #expect(refusal { $0.noise = 5 } == "metrics.co2.noise")
        #expect(refusal { $0.cycles = [cycle(0.6), cycle(0.5, MetricFixture.hour)] } == "metrics.co2.cycles")
        #expect(refusal { $0.cycles = [cycle(0.6), cycle(0.3)] } == "metrics.co2.cycles")
        #expect(refusal { $0.follows = [.init(metric: "co2", weight: 0.1)] } == "metrics.co2.follows")
        #expect(refusal { $0.follows = [.init(metric: "nothing", weight: 0.1)] } == "metrics.co2.follows")
        #expect(refusal { $0.changes = [.init(offset: 5, shift: 30)] } == "metrics.co2.changes.0")
        #expect(refusal { $0.distribution = .quantiles([1, 1]) } == "metrics.co2.distribution")
        #expect(refusal { $0.distribution = .quantiles([1, 50]) } == "metrics.co2.distribution")
    }
}
