import DatasetChecks
import DatasetGen
import Testing

/// The measures of an audit against values known from elsewhere.
@Suite
struct AuditMeasureTests {
    @Test func kolmogorovSmirnovHasTheKnownValues() {
        // Critical values of Kolmogorov's limit: Q(1.0000) = 0.27, Q(1.3581) = 0.05, Q(1.6276) = 0.01.
        let count: Int64 = 1_000_000_000_000
        for (lambda, expected) in [(1.0, 0.269_999_7), (1.358_1, 0.05), (1.627_6, 0.01)] {
            let pValue = KolmogorovSmirnov.pValue(statistic: lambda / 1e6, count: count)
            #expect(abs(pValue - expected) < 1e-4, "\(lambda): \(pValue)")
        }
        var even = KolmogorovSmirnov()
        for index in 0..<100 { even.add((Double(index) + 0.5) / 100) }
        #expect(abs((even.statistic ?? 0) - 0.005) < 2e-5)
        #expect(even.pValue == 1)
        #expect(abs((even.share(atLeast: 0.9) ?? 0) - 0.1) < 1e-9)
        var late = KolmogorovSmirnov()
        for _ in 0..<20 { late.add(0.9) }
        #expect(abs((late.statistic ?? 0) - 0.9) < 2e-5)
        #expect((late.pValue ?? 1) < 1e-9)
        #expect(KolmogorovSmirnov().pValue == nil)
    }

    @Test func areaCountsPairsAndTies() {
        // Normal 1, 2, 3 and anomalous 2, 3, 4: of 9 pairs 6 are right and 2 tie.
        var area = RankAUC()
        area.add([(1, 0), (1, 1), (1, 1), (0, 1)])
        #expect(abs((area.value ?? 0) - 7.0 / 9) < 1e-12)
        // Pairs are made within a stratum: one that says nothing moves the area towards ½.
        area.add([(9, 1)])
        #expect(abs((area.value ?? 0) - (7 + 4.5) / 18) < 1e-12)
        var nothing = RankAUC()
        nothing.add([(3, 0), (4, 0)])
        #expect(nothing.value == nil)
    }

    @Test func levelsAreSpacedByTheirThresholds() {
        #expect(ScoreLevel.level(of: 0) == 0)
        #expect(ScoreLevel.level(of: 1e-9) == 0)
        #expect(ScoreLevel.level(of: 1e9) == UInt8(ScoreLevel.highest))
        for level in 1...ScoreLevel.highest {
            let threshold = ScoreLevel.threshold(ofLevel: level)
            #expect(ScoreLevel.level(of: threshold) == UInt8(level))
            #expect(ScoreLevel.level(of: threshold.nextDown) == UInt8(level - 1))
        }
        #expect(ScoreLevel.threshold(ofLevel: 97) == 1)
    }

    /// Three events with highest levels 80, 40, 40; false alarms run at 50, 50 and at 60.
    @Test func f1IsThatOfTheBestThreshold() throws {
        var scores = OneLinerScores(reaches: [0])
        var state = scores.start()
        func normal(_ levels: UInt8...) { for level in levels { scores.addNormal([level], &state) } }
        func event(_ type: AnomalyType, _ levels: UInt8...) {
            for (index, level) in levels.enumerated() {
                let isLast = index == levels.count - 1
                scores.addAnomalous([level], &state, type: type, difficulty: -1, isLast: isLast)
            }
        }
        normal(10, 10, 50, 50, 10)
        event(.spike, 80)
        normal(10)
        event(.spike, 5, 40, 7)
        normal(60, 10)
        event(.noise, 200)
        event(.spike, 40)
        let best = try #require(scores.best(for: .spike))
        #expect((12...40).contains(best.level) || best.level == 11)
        #expect((best.score.hits, best.score.events, best.score.falseAlarms) == (3, 3, 2))
        #expect(best.score.recall == 1 && best.score.precision == 0.6)
        #expect(abs(best.score.value - 0.75) < 1e-12)
        let noise = try #require(scores.best(for: .noise))
        #expect(noise.score.value == 1)
        #expect(scores.best(for: .trend) == nil)
        // Flagging all: three events found, four stretches of normal readings, of which guessing cannot do better.
        let chance = scores.chance(for: .spike)
        #expect(chance > 0.5 && chance < 0.8)
    }

    @Test func falseAlarmsBehindEventsAreScaledNotForgotten() throws {
        // A window of 4 sees each event in 4 of the 5 readings behind it; the one that is left raises an alarm each.
        var scores = OneLinerScores(reaches: [0, 4])
        var state = scores.start()
        for _ in 0..<20 {
            scores.addAnomalous([0, 100], &state, type: .spike, difficulty: 0, isLast: true)
            for index in 0..<5 { scores.addNormal([0, index == 4 ? 100 : 0], &state) }
        }
        let best = try #require(scores.best(for: .spike))
        #expect(best.score.hits == 20)
        #expect(best.score.falseAlarms == 100)
        #expect(scores.hits(of: best, for: .spike, difficulty: 0) == (20, 20))
        #expect(scores.hits(of: best, for: .spike, difficulty: 1) == (0, 0))
    }

    @Test func eventsAreFoundByTheirOwnReadings() throws {
        // A window of 4 sees the spike in the noise two readings behind it, which is nothing by itself.
        var scores = OneLinerScores(reaches: [4])
        var state = scores.start()
        for _ in 0..<20 {
            for _ in 0..<8 { scores.addNormal([0], &state) }
            scores.addAnomalous([100], &state, type: .spike, difficulty: -1, isLast: true)
            for _ in 0..<2 { scores.addNormal([90], &state) }
            for index in 0..<3 {
                scores.addAnomalous([[90, 80, 3][index]], &state, type: .noise, difficulty: -1, isLast: index == 2)
            }
        }
        let best = try #require(scores.best(for: .noise))
        #expect(best.level <= 3)
        #expect(try #require(scores.best(for: .spike)).score.value == 1)
        // Where no reading is left that the window sees alone, nothing is found.
        scores.addAnomalous([100], &state, type: .spike, difficulty: 0, isLast: true)
        scores.addAnomalous([90], &state, type: .trend, difficulty: 0, isLast: true)
        #expect(scores.best(for: .trend)?.score.hits == 0)
    }

    /// What an audit finds of a share once its rows have the labels of another recipe.
    @Test func sharesOfADatasetHaveAVerdict() async throws {
        let recipe = { (probability: String, duration: String) in
            """
            dataset: {seed: 1, duration: \(duration)}
            replicas: {count: 4, prefix: V}
            anomalies: {probability: \(probability), types: {spike: {}}}
            outputs: [csv]
            """
        }
        let dataset = try await AuditedDataset(recipe("0.05", "4h"))
        #expect(try dataset.audit().shares.map(\.isAsAsked) == [.yes, .yes, .yes, .yes])
        // As many more are asked for as the files have not.
        let other = try GenerationPlan(yaml: recipe("0.1", "4h"))
        let report = try DatasetAuditor(folder: dataset.path, plan: other).audit()
        #expect(report.shares.map(\.isAsAsked) == [.no, .no, .no, .no])
        let short = try await AuditedDataset(recipe("0.05", "20s"))
        #expect(try short.audit().shares.map(\.isAsAsked) == [.tooFew, .tooFew, .tooFew, .tooFew])
    }

    private static let small = """
        dataset: {duration: 10h}
        replicas: {count: 4}
        anomalies: {types: {spike: {}}}
        """

    /// Events every 50 ticks, of each sensor 7 ticks behind the one before it, with difficulties that take turns.
    private static func clockwork(_ plan: GenerationPlan, count: Int64, jitter: Int64 = 0) -> PlacementMeasure {
        var measure = PlacementMeasure(plan)
        let key = RandomKey(seed: 5)
        for index in 0..<count {
            let random = Int64(key.integer(UInt64(index), below: UInt64(jitter + 1)))
            for sensor in 0..<4 {
                let start = 50 * index + random + Int64(7 * sensor)
                measure.add(
                    PlacedEvent(
                        sensor: sensor,
                        type: .missingData,
                        ticks: start..<start + 1,
                        difficulty: Int(index % 3),
                        mode: Int(index % 5)
                    )
                )
            }
        }
        return measure
    }

    @Test func clockworkIsFound() throws {
        let plan = try GenerationPlan(yaml: Self.small)
        let measure = Self.clockwork(plan, count: 600)
        let figures = measure.figures(otherSeed: measure)
        #expect(figures.map(\.subject) == [.timeSinceLast, .otherSensor, .otherSeed, .difficulties, .modes])
        #expect(figures.allSatisfy { $0.leaks == .yes }, "\(figures)")
        #expect(figures.dropFirst().allSatisfy { $0.value == 1 }, "\(figures)")
        // The areas of a clock: one tick of 49 at which the event could have begun is the last.
        #expect((figures[0].value ?? 0) > 0.98)
        // One event in each interval of 50, anywhere in the first 40.
        let loose = Self.clockwork(plan, count: 600, jitter: 39)
        let leaks = loose.figures(otherSeed: .otherSeed(plan)).filter { $0.leaks == .yes }.map(\.subject)
        #expect(leaks == [.timeSinceLast, .otherSensor, .difficulties, .modes])
    }

    @Test func eventsThatCrowdInAPartOfTheRunTellNothingOfOneAnother() throws {
        // A long event of another type leaves both sensors the same ninety ticks.
        let plan = try GenerationPlan(yaml: Self.small)
        var measure = PlacementMeasure(plan)
        let key = RandomKey(seed: 11)
        for sensor in 0..<4 {
            var tick: Int64 = 7_000
            for index in 0..<24 {
                tick += 2 + Int64(key.integer(UInt64(100 * sensor + index), below: 5))
                measure.add(
                    PlacedEvent(sensor: sensor, type: .spike, ticks: tick..<tick + 1, difficulty: -1, mode: -1)
                )
            }
        }
        let figures = measure.figures(otherSeed: .otherSeed(plan)).filter { $0.subject == .otherSensor }
        #expect(figures.count == 1 && figures[0].events == 24)
        #expect(figures[0].leaks == .no, "\(figures)")
    }

    /// Ten events in a row, three ticks apart, a hundred ticks before the next ten: where one was a moment ago, another comes.
    @Test func burstsAreFound() throws {
        let plan = try GenerationPlan(yaml: Self.small)
        var measure = PlacementMeasure(plan)
        for burst in 0..<60 as Range<Int64> {
            for event in 0..<10 as Range<Int64> {
                let start = 127 * burst + 3 * event
                measure.add(PlacedEvent(sensor: 0, type: .spike, ticks: start..<start + 1))
            }
        }
        let gaps = try #require(measure.figures(otherSeed: nil).first { $0.subject == .timeSinceLast })
        #expect(gaps.leaks == .yes && (gaps.value ?? 1) < 0.2, "\(gaps)")
    }

    /// What gives way to an incident leaves a gap: of a trend in which no spike begins for three minutes among thousands a fraction
    /// of a second apart, or the only ones where events stand as densely as can be.
    @Test(
        arguments: [
            """
            simulation: {interval: 100ms}
            anomalies: {probability: 0.473}
            incidents: [{cause: storm, duration: 200ms, every: 417.8s, effect: {missing_data: {}}}]
            """,
            """
            simulation: {interval: 1m}
            dataset: {duration: 4d}
            anomalies: {probability: 0.75, types: {noise: {duration: 3m}}}
            incidents: [{cause: power, duration: 7m, every: 6h, effect: {pattern: {}}}]
            """,
        ]
    )
    func whatGivesWayToIncidentsTellsNothing(recipe: String) async throws {
        let figures = try await AuditedDataset(recipe).audit().placement.filter { $0.subject == .timeSinceLast }
        let gaps = try #require(figures.max { $0.events < $1.events })
        #expect(gaps.events > 500)
        #expect(gaps.leaks != .yes)
        // Three standard errors of so many gaps; of the densest none is left.
        let limit = 3 / (12 * Double(gaps.events)).squareRoot()
        #expect(gaps.value.map { abs($0 - 0.5) < 0.05 + limit } ?? true, "\(gaps)")
    }

    /// Of a make with more anomalies than others, a schedule with hardly a free tick: a few lie together behind short events of long slots.
    @Test func fewLongGapsAmongThousandsTellNothing() async throws {
        let dataset = try await AuditedDataset(
            """
            sensor: {firmware_version: 4.0.0-rc.1}
            simulation: {interval: 100ms}
            anomalies: {probability: 0.473}
            """
        )
        let figures = try dataset.audit().placement
        let gaps = try #require(figures.first { $0.type == .spike && $0.subject == .timeSinceLast })
        #expect(gaps.events > 5_000)
        #expect(gaps.leaks == .tooFew)
    }

    @Test func fewEventsTellNothing() throws {
        let plan = try GenerationPlan(yaml: Self.small)
        let figures = Self.clockwork(plan, count: 3).figures(otherSeed: .otherSeed(plan))
        #expect(!figures.isEmpty)
        #expect(figures.allSatisfy { $0.leaks == .tooFew }, "\(figures)")
    }
}
