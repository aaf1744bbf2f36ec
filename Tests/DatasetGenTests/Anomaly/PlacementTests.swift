import DatasetChecks
import DatasetGen
import Testing

/// When events happen tells neither the next one nor those of other sensors.
@Suite struct PlacementTests {
    struct Fleet: CustomTestStringConvertible {
        var testDescription: String
        var recipe: String
    }

    static let fleets = [
        Fleet(
            testDescription: "sparse",
            recipe: """
                dataset: {duration: 12d}
                simulation: {interval: 60s}
                replicas: {count: 10}
                anomalies:
                  probability: 0.05
                  types:
                    spike: {weight: 0.1}
                    trend: {weight: 0.2, duration: 5m}
                    pattern: {weight: 0.3, duration: 6m}
                    missing_data: {weight: 0.2, duration: 4m, modes: [null, omit, stuck, sentinel, rail]}
                    noise: {weight: 0.2, duration: [3m, 8m]}
                """
        ),
        Fleet(
            testDescription: "dense",
            recipe: """
                dataset: {duration: 2d}
                simulation: {interval: 20s}
                replicas: {count: 12}
                anomalies:
                  probability: 0.3
                  types:
                    spike: {weight: 0.1}
                    trend: {weight: 0.3, duration: 100s}
                    pattern: {weight: 0.2, duration: 2m}
                    missing_data: {weight: 0.2, duration: 1m, max_duration: 3m}
                    noise: {weight: 0.2, duration: [40s, 3m]}
                """
        ),
        Fleet(
            testDescription: "dense in short ones",
            recipe: """
                dataset: {duration: 1d}
                simulation: {interval: 20s}
                replicas: {count: 12}
                anomalies:
                  probability: 0.4
                  types:
                    spike: {weight: 0.7}
                    trend: {weight: 0.08, duration: 40s}
                    pattern: {weight: 0.08, duration: 40s}
                    missing_data: {weight: 0.07, duration: 20s, max_duration: 40s}
                    noise: {weight: 0.07, duration: 40s}
                """
        ),
        Fleet(
            testDescription: "wide",
            recipe: """
                dataset: {duration: 4h}
                simulation: {interval: 5s}
                replicas: {count: 80}
                anomalies:
                  probability: 0.1
                  types:
                    spike: {weight: 0.1}
                    trend: {weight: 0.2, duration: 30s}
                    pattern: {weight: 0.2, duration: 40s}
                    missing_data: {weight: 0.2, duration: 20s}
                    noise: {weight: 0.3, duration: 15s}
                """
        ),
    ]

    private static func events(_ recipe: String, seed: Int) throws -> (GenerationPlan, [AnomalyEvent]) {
        let plan = try GenerationPlan(yaml: recipe, options: [.set("dataset.seed=\(seed)")])
        return (plan, ReadingTable(plan).events.sorted { $0.ticks.lowerBound < $1.ticks.lowerBound })
    }

    private static func measure(_ plan: GenerationPlan, _ events: [AnomalyEvent]) -> PlacementMeasure {
        var measure = PlacementMeasure(plan)
        for event in events {
            measure.add(
                PlacedEvent(
                    sensor: event.sensor,
                    type: event.type,
                    ticks: event.ticks,
                    difficulty: event.difficulty.flatMap { Difficulty.allCases.firstIndex(of: $0) },
                    mode: event.mode.flatMap { MissingMode.allCases.firstIndex(of: $0) }
                )
            )
        }
        return measure
    }

    @Test(arguments: fleets)
    func nothingTellsTheNextEvent(fleet: Fleet) throws {
        var measured: [PlacementMeasure] = []
        for seed in 1...5 {
            let (plan, events) = try Self.events(fleet.recipe, seed: seed)
            measured.append(Self.measure(plan, events))
        }
        for index in measured.indices {
            let figures = measured[index].figures(otherSeed: measured[(index + 1) % measured.count])
            #expect(Set(figures.map(\.type)) == Set(AnomalyType.allCases))
            for figure in figures {
                let description =
                    "seed \(index + 1): \(figure.type) \(figure.subject) \(figure.value ?? 0), \(figure.chance)"
                #expect(figure.leaks != .yes, "\(description)")
                if figure.subject == .timeSinceLast, figure.events >= 400 {
                    // .05, and three standard errors.
                    let limit = 0.05 + 3 / (12 * Double(figure.events)).squareRoot()
                    #expect(abs((figure.value ?? 0) - 0.5) < limit, "\(description)")
                }
            }
            // Enough events that there is a verdict on most.
            #expect(figures.count { $0.leaks == .no } >= 10)
        }
    }

    /// Of an hour that is full of events ten seconds are left at which none begins.
    @Test func nothingIsToldWhereHardlyATickIsLeft() throws {
        let (plan, events) = try Self.events("anomalies: {probability: 0.708}", seed: 0)
        let figures = Self.measure(plan, events).figures(otherSeed: nil)
        let gaps = try #require(figures.first { $0.type == .spike && $0.subject == .timeSinceLast })
        #expect(gaps.events > 700)
        #expect(gaps.leaks == .tooFew)
    }

    @Test func intervalsVaryAsWithoutMemory() throws {
        for type in ["spike", "trend", "pattern", "missing_data", "noise"] {
            var intervals: [Double] = []
            for seed in 1...5 {
                let duration = type == "spike" ? "" : "duration: 4m"
                let (_, events) = try Self.events(
                    """
                    dataset: {duration: 5d}
                    simulation: {interval: 60s}
                    replicas: {count: 12}
                    anomalies: {probability: 0.02, types: {\(type): {\(duration)}}}
                    """,
                    seed: seed
                )
                for sensor in 0..<12 {
                    let starts = events.filter { $0.sensor == sensor }.map { Double($0.ticks.lowerBound) }
                    intervals += zip(starts, starts.dropFirst()).map { $1 - $0 }
                }
            }
            let count = Double(intervals.count)
            let mean = intervals.reduce(0, +) / count
            let variance = intervals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            // Four standard errors of a coefficient of variation of exponential intervals.
            #expect(variance.squareRoot() / mean > 0.9 - 4 / count.squareRoot() / 2, "\(type), \(count)")
            #expect(variance.squareRoot() / mean < 1.1, "\(type)")
        }
    }

    /// A dense first hour, for which the schedule is made, tells nothing of the days behind it, for which it is thinned.
    @Test(arguments: [0.25, 0.12, 0.03, 0.01])
    func thinnedEventsComeAsWithoutMemory(probability: Double) throws {
        let recipe = """
            dataset: {duration: 30d}
            simulation: {interval: 60s}
            replicas: {count: 12}
            anomalies: {probability: 0.4, phases: [{at: 1h, probability: \(probability)}], types: {spike: {}}}
            """
        for seed in 1...3 {
            let (plan, events) = try Self.events(recipe, seed: seed)
            let late = events.filter { $0.ticks.lowerBound >= 60 }
            let gaps = try #require(
                Self.measure(plan, late).figures(otherSeed: nil).first { $0.subject == .timeSinceLast }
            )
            // Three standard errors, and what is left where 17 of some cells lie like as many points at random.
            let limit = 0.04 + 3 / (12 * Double(gaps.events)).squareRoot()
            #expect(abs((gaps.value ?? 0) - 0.5) < limit, "seed \(seed): \(gaps)")
            let expected = probability * Double(12 * (30 * 1_440 - 60))
            #expect(abs(Double(late.count) / expected - 1) < 0.02, "seed \(seed): \(late.count) of \(expected)")
        }
    }

    @Test func sharesAreMetWhereSensorsHaveAnEventEach() throws {
        for seed in 1...4 {
            let (plan, events) = try Self.events(
                """
                dataset: {duration: 100m}
                replicas: {count: 320}
                anomalies: {probability: 0.01, types: {trend: {duration: 20s, weight: 1}, noise: {duration: 15s, weight: 1}}}
                """,
                seed: seed
            )
            // 480 and 640 events, one or two to a sensor; independent ones would be off by 4.6 % as a standard error.
            for type in [AnomalyType.trend, .noise] {
                let readings = events.filter { $0.type == type }.reduce(0) { $0 + $1.ticks.count }
                #expect(abs(Double(readings) / (0.005 * Double(plan.rows.count)) - 1) < 0.07, "\(type), seed \(seed)")
            }
        }
    }

    @Test(
        arguments: [
            ("0.8999999999999999", "trend: {duration: 9s, weight: 1}, spike: {weight: 1.0e-18}"),
            ("0.8999", "trend: {duration: 9s, weight: 1}, spike: {weight: 1.0e-8}"),
            ("0.96", "pattern: {duration: 30s, weight: 3}, noise: {duration: 30s, weight: 1.0e-6}"),
            ("0.49", "spike: {weight: 1}, missing_data: {duration: 1s, weight: 1}"),
            ("0.000001", "trend: {duration: 52w}, spike: {}"),
            // Events of billions of readings, of which the run has a few.
            ("0.6", "trend: {duration: 4000w, weight: 1}, noise: {duration: 2s, weight: 0.5}, spike: {weight: 1.0e-5}"),
        ]
    )
    func tightSlotsAreFilled(probability: String, types: String) throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: "dataset: {duration: 500s}\nanomalies: {probability: \(probability), types: {\(types)}}"
            )
        )
        let asked = (Double(probability) ?? 0) * Double(table.plan.rows.count)
        // What lasts for longer than the run has all of it or nothing.
        if !types.contains("4000w") { #expect(Double(table.statistics.labels[0].anomalous) >= 0.9 * asked - 10) }
        let events = table.events.sorted { $0.ticks.lowerBound < $1.ticks.lowerBound }
        for (event, next) in zip(events, events.dropFirst()) {
            #expect(event.ticks.upperBound < next.ticks.lowerBound)
        }
    }
}
