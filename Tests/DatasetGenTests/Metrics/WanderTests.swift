import DatasetGen
import Testing

/// Red noise of octaves with shares of their own, and of octaves that vary in size.
@Suite struct WanderTests {
    private static let hour = MetricFixture.hour
    private static let volatile = RedNoise(
        octaves: [.init(period: 30 * hour, share: 0.6), .init(period: 2 * hour, share: 0.4)],
        volatility: .init(size: 0.8, period: 9 * hour)
    )

    private static func parameters(_ wander: RedNoise) -> ProcessParameters {
        var parameters = ProcessParameters(mean: 20, standardDeviation: 5, minimum: -80, maximum: 120)
        parameters.wander = wander
        return parameters
    }

    /// Readings of some sensors.
    private static func sensors(
        _ parameters: ProcessParameters,
        count: UInt64,
        days: Int64,
        interval: String = "30m"
    ) throws -> [[Double]] {
        let grid = MetricFixture.grid(days: days, interval: interval)
        let source = try MetricFixture.process(parameters, grid)
        return (0..<count)
            .map { sensor in
                MetricFixture.counts(source, MetricFixture.keys(sensor), 0..<grid.tickCount).map { Double($0) / 10 }
            }
    }

    /// The kurtosis of readings' changes: 3 of a normal distribution.
    private static func kurtosis(_ sensors: [[Double]]) -> Double {
        let changes = sensors.flatMap { Figures.changes($0) }
        let square = Figures.mean(changes.map { $0 * $0 })
        return Figures.mean(changes.map { $0 * $0 * $0 * $0 }) / (square * square)
    }

    /// The usual octaves are of one lattice each, those of a list of two, so that the readings are others.
    @Test func threeOctavesHaveTheCorrelationsOfTheirPeriod() throws {
        let period = 9 * Self.hour
        let octaves = [(1, 0.6), (3, 0.3), (9, 0.1)]
            .map { RedNoise.Octave(period: period / Int64($0.0), share: $0.1) }
        let (one, other) = (RedNoise(period: period), RedNoise(octaves: octaves))
        for lag in [1, 2, 5, 11, 20] {
            let after = Int64(lag) * Self.hour / 2
            #expect(abs(one.correlation(after: after) - other.correlation(after: after)) < 1e-9)
        }
        let readings = try [one, other].map { try Self.sensors(Self.parameters($0), count: 2, days: 5) }
        #expect(readings[0] != readings[1] && readings[0][0] != readings[0][1])
    }

    @Test(arguments: [nil, RedNoise.Volatility(size: 0.8, period: 9 * hour)])
    func correlationsAreThoseOfTheOctaves(_ volatility: RedNoise.Volatility?) throws {
        let noise = RedNoise(octaves: Self.volatile.octaves, volatility: volatility)
        let sensors = try Self.sensors(Self.parameters(noise), count: 24, days: 90)
        for lag in [1, 2, 4, 8, 24, 40] {
            // The mean is known, so that slow octaves do not take a part of themselves off.
            let products = sensors.flatMap { values in
                zip(values, values.dropFirst(lag)).map { ($0 - 20) * ($1 - 20) / 25 }
            }
            let expected = noise.correlation(after: Int64(lag) * Self.hour / 2)
            // What is large in lively times is brought to a normal distribution, which leaves more of what is slow.
            let most = volatility == nil ? 0.03 : 0.08
            #expect(abs(Figures.mean(products) - expected) < most, "\(lag): \(Figures.mean(products)), \(expected)")
        }
    }

    @Test func shortOctavesVaryInSizeAndOnlyThey() throws {
        let steady = try Self.sensors(Self.parameters(RedNoise(octaves: Self.volatile.octaves)), count: 12, days: 90)
        #expect(abs(Self.kurtosis(steady) - 3) < 0.3)
        let varying = try Self.sensors(Self.parameters(Self.volatile), count: 12, days: 90)
        // A normal deviate times exp(sV) has the kurtosis 3 exp(4s²), here 39; long octaves have a small part of changes.
        #expect(Self.kurtosis(varying) > 12)
        let slow = RedNoise(octaves: Self.volatile.octaves, volatility: .init(size: 0.8, period: 2 * Self.hour))
        #expect(Self.kurtosis(try Self.sensors(Self.parameters(slow), count: 12, days: 90)) > 6)
    }

    @Test func distributionsAreAsAskedWhateverVariesInSize() throws {
        var parameters = ProcessParameters(mean: 50, standardDeviation: 20, minimum: 0, maximum: 100)
        parameters.distribution = .uniform
        // All of it varies: the signal has far more large and small values than a normal one.
        parameters.wander = RedNoise(
            octaves: [.init(period: 2 * Self.hour, share: 1)],
            volatility: .init(size: 1, period: 2 * Self.hour)
        )
        parameters.cycles = [MetricCycle(period: MetricFixture.day, share: 0.2, peak: 0)]
        let values = try Self.sensors(parameters, count: 24, days: 120, interval: "1h").flatMap { $0 }
        #expect(abs(Figures.mean(values) - 50) < 0.5)
        #expect(abs(Figures.deviation(values) - 20) < 0.4)
        let half = 20 * 3.0.squareRoot()
        for part in [0.05, 0.25, 0.5, 0.75, 0.95] {
            let bound = 50 + half * (2 * part - 1)
            let found = Double(values.count { $0 < bound }) / Double(values.count)
            #expect(abs(found - part) < 0.015, "\(part): \(found)")
        }
        #expect(values.min()! >= 50 - half - 0.1 && values.max()! <= 50 + half + 0.1)
    }

    /// Bursts of forty standard deviations have readings of their own; they do not pile up at the largest of a table.
    @Test(arguments: [ProcessParameters.Distribution.normal, .lognormal])
    func burstsDoNotPileUp(distribution: ProcessParameters.Distribution) throws {
        var parameters = ProcessParameters(mean: 60, standardDeviation: 20, minimum: 0, maximum: 300)
        parameters.distribution = distribution
        parameters.wander = RedNoise(
            octaves: [.init(period: Self.hour, share: 1)],
            volatility: .init(size: 1, period: Self.hour)
        )
        let values = try Self.sensors(parameters, count: 80, days: 100, interval: "1h").flatMap { $0 }
        #expect(abs(Figures.mean(values) / 60 - 1) < 0.01 && abs(Figures.deviation(values) / 20 - 1) < 0.02)
        // Of 192,000 readings 4 are beyond 4.1 standard deviations, in steps of 0.1.
        for end in [values.min()!, values.max()!] {
            #expect(values.count { abs($0 - end) < 0.05 } < 20, "\(end): \(values.count { abs($0 - end) < 0.05 })")
        }
    }

    @Test func anyCutAndALongerRunHaveTheSameReadings() throws {
        try MetricFixture.expectSameReadings(Self.parameters(Self.volatile))
    }

    @Test func severalCouplingsKeepTheVariance() throws {
        let hour = Self.hour
        let slow = Self.parameters(RedNoise(period: 20 * hour))
        var middle = Self.parameters(Self.volatile)
        middle.follows = [.init(metric: "slow", weight: 0.8, lag: hour)]
        // What the one brings the other takes away in part: weights above 1 are possible.
        var last = Self.parameters(RedNoise(period: 3 * hour))
        last.follows = [.init(metric: "middle", weight: 1.3), .init(metric: "slow", weight: -0.9, lag: hour)]
        let processes = [("last", last), ("middle", middle), ("slow", slow)]
        let latents = try ProcessLatent.all(processes.map { ($0.0, $0.1, MetricFixture.tenth) })
        let grid = MetricFixture.grid(days: 200, interval: "1h")
        let columns = try processes.map { name, parameters in
            let model = try ProcessModel(
                name,
                parameters,
                latent: latents[name]!,
                resolution: MetricFixture.tenth,
                grid: grid
            )
            return (0..<12 as Range<UInt64>)
                .flatMap { MetricFixture.counts(ProcessSource(model), MetricFixture.keys($0), 0..<grid.tickCount) }
                .map { Double($0) / 10 }
        }
        for values in columns { #expect(abs(Figures.deviation(values) - 5) < 0.15) }
        // 1.3 − 0.9 · 0.8 with the middle one; 0.8 · 1.3 − 0.9 with the slow one an hour before.
        #expect(abs(Figures.correlation(columns[0], columns[1]) - 0.58) < 0.04)
        let found = Figures.correlation(Array(columns[0].dropFirst()), Array(columns[2].dropLast()))
        #expect(abs(found - 0.14) < 0.06)
        last.follows[0].weight = 1.7
        #expect(throws: MetricModelError.self) {
            _ = try ProcessLatent.all(
                [("last", last), ("middle", middle), ("slow", slow)].map { ($0.0, $0.1, MetricFixture.tenth) }
            )
        }
    }

    @Test func whatCannotBeHadIsRefused() {
        func refusal(_ noise: RedNoise) -> String? { MetricFixture.refusal { $0.wander = noise } }
        let hour = Self.hour
        #expect(refusal(Self.volatile) == nil)
        #expect(refusal(RedNoise(period: 1)) == "metrics.co2.wander.period")
        #expect(refusal(RedNoise(octaves: [])) == "metrics.co2.wander.octaves")
        #expect(refusal(RedNoise(octaves: [.init(period: hour, share: 0.9)])) == "metrics.co2.wander.octaves")
        #expect(refusal(RedNoise(octaves: [.init(period: 1, share: 1)])) == "metrics.co2.wander.octaves.0.period")
        #expect(
            refusal(RedNoise(octaves: Self.volatile.octaves, volatility: .init(size: 0.5, period: hour)))
                == "metrics.co2.wander.volatility.period"
        )
        #expect(
            refusal(RedNoise(octaves: Self.volatile.octaves, volatility: .init(size: 2, period: 9 * hour)))
                == "metrics.co2.wander.volatility.size"
        )
    }
}
