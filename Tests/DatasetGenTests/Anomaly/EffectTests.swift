import DatasetGen
import Testing

@Suite struct EffectTests {
    static let recipe = """
        dataset: {duration: 2d, seed: 4}
        replicas: {count: 40}
        simulation: {interval: 10s}
        anomalies:
          probability: 0.1
          types: {spike: {weight: 0.2}, trend: {weight: 0.3}, pattern: {weight: 0.2}, noise: {weight: 0.3}}
        """

    private func table(_ options: String...) throws -> ReadingTable {
        ReadingTable(try GenerationPlan(yaml: Self.recipe, options: options.map { .set($0) }))
    }

    @Test func difficultiesAreMixedAsAsked() throws {
        let events = try table().events
        for type in AnomalyType.allCases where type != .missingData {
            let ofType = events.filter { $0.type == type }
            for (difficulty, asked) in [(Difficulty.easy, 0.4), (.medium, 0.4), (.hard, 0.2)] {
                let part = Double(ofType.count { $0.difficulty == difficulty }) / Double(ofType.count)
                // Spread evenly over each sensor's events: an event per sensor at most is too many or too few.
                #expect(abs(part - asked) < 40 / Double(ofType.count) + 0.01, "\(type) \(difficulty)")
            }
        }
    }

    @Test(arguments: ["1ms", "2ms", "10ms"]) func readingsMayBeMillisecondsApart(interval: String) throws {
        let table = try table("simulation.interval=\(interval)", "dataset.duration=1s")
        #expect(table.events.contains { $0.type == .spike })
    }

    @Test func harderEventsAreSmaller() throws {
        let events = try table().events
        for type in AnomalyType.allCases where type != .missingData {
            let means = Difficulty.allCases.map { difficulty in
                let sizes = events.filter { $0.type == type && $0.difficulty == difficulty }
                    .compactMap { $0.peakSNR?.double }
                return sizes.reduce(0, +) / Double(sizes.count)
            }
            #expect(means[0] > 1.5 * means[1] && means[1] > 1.5 * means[2], "\(type) \(means)")
        }
    }

    @Test func oneDifficultyForAll() throws {
        let easy = try table("anomalies.difficulty=easy").events
        #expect(easy.allSatisfy { $0.difficulty == .easy })
        #expect(try table("anomalies.types.trend.difficulty=hard").events.contains { $0.difficulty == .easy })
    }

    @Test func realisedSizesCanBeLeftOut() throws {
        let table = try table("anomalies.realised=true")
        #expect(table.events.allSatisfy { $0.realisedMagnitude != nil && $0.realisedPeakSNR != nil })
        var (reader, found) = (EventReader(table.plan, withRealisedSizes: false), [AnomalyEvent]())
        for sensor in table.plan.fleet.sensors.indices {
            let ticks = 0..<table.plan.rows.tickCount(ofSensor: sensor)
            reader.forEachEvent(ofSensor: sensor, beginningAt: ticks) { found.append($0) }
        }
        let expected = table.events.map { event in
            var event = event
            (event.realisedMagnitude, event.realisedPeakSNR) = (nil, nil)
            return event
        }
        #expect(found.count == expected.count && Set(found) == Set(expected))
    }

    @Test func theEventTableTellsTheLargestChange() throws {
        let (sick, twin) = (try table(), try table("anomalies.enabled=false"))
        let units = sick.plan.fleet.sensors[0].resolutions.map(\.value)
        let scales = sick.plan.fleet.sensors[0].resolutions
            .map { FixedPoint(count: 1, decimals: $0.decimals).double }
        for event in sick.events where !event.isTruncated {
            let metric = try #require(event.metrics.elements.first).rawValue
            var largest = 0.0
            for tick in event.ticks {
                let reading = try #require(sick[event.sensor, tick]?.metrics[metric])
                let healthy = try #require(twin[event.sensor, tick]?.metrics[metric])
                largest = max(largest, Double(abs(reading - healthy)) * scales[metric])
            }
            let stated = try #require(event.magnitude).double
            // Rounding, and the step that an event differs by at least.
            #expect(abs(largest - stated) <= 1.01 * units[metric], "\(event)")
        }
    }

    @Test func directionIsThatOfTheChange() throws {
        let (sick, twin) = (try table(), try table("anomalies.enabled=false"))
        for event in sick.events where event.type == .trend && event.difficulty == .easy {
            let metric = try #require(event.metrics.elements.first).rawValue
            let change = try event.ticks.reduce(0) { sum, tick in
                let reading = try #require(sick[event.sensor, tick]?.metrics[metric])
                return try sum + Int(reading - #require(twin[event.sensor, tick]?.metrics[metric]))
            }
            #expect((change > 0) == (event.direction == .up))
        }
        #expect(sick.events.allSatisfy { ($0.direction == nil) == ($0.type == .pattern || $0.type == .noise) })
    }

    @Test func magnitudeIsInMultiplesOfTheNoise() throws {
        let events = try table("anomalies.types.spike.magnitude=[6, 7]").events.filter { $0.type == .spike }
        #expect(events.count > 1_000)
        #expect(events.allSatisfy { (5.99...7.01).contains($0.peakSNR?.double ?? 0) })
        let severe = try table("anomalies.types.spike={magnitude: 6, severity_factor: 2}").events
        #expect(severe.filter { $0.type == .spike }.allSatisfy { abs(($0.peakSNR?.double ?? 0) - 12) < 0.01 })
    }

    @Test func metricsAreThoseAllowed() throws {
        let events = try table(
            "anomalies.types.spike.metrics=[pressure, voltage]",
            "anomalies.types.noise.metrics=humidity"
        )
        .events
        let allowed: MetricSet = [MetricSet(.pressure), MetricSet(.voltage)]
        for event in events where event.type == .spike { #expect(allowed.isSuperset(of: event.metrics)) }
        for event in events where event.type == .noise { #expect(event.metrics == MetricSet(.humidity)) }
        #expect(events.contains { $0.type == .spike && $0.metrics == allowed }, "several at once")
        #expect(events.filter { $0.type == .pattern }.allSatisfy { $0.metrics.elements == [.temperature, .humidity] })
    }

    @Test func durationsOfARangeAreEquallyLikely() throws {
        let events = try table("anomalies.types.trend.duration=[2m, 6m]").events
            .filter { $0.type == .trend && !$0.isTruncated }
        let lengths = events.map { Double($0.ticks.count) }
        #expect(lengths.min() == 12 && lengths.max() == 36)
        #expect(abs(lengths.reduce(0, +) / Double(lengths.count) - 24) < 1)
    }

    @Test(arguments: ["ramp", "plateau", "recalibration"])
    func driftsBeginAndEndWithoutAStep(shape: String) throws {
        let options = ["anomalies.types.trend={shape: \(shape), difficulty: easy, duration: 10m}"]
        let (sick, twin) = (try table(options[0]), try table("anomalies.enabled=false"))
        for event in sick.events where event.type == .trend && !event.isTruncated {
            let metric = try #require(event.metrics.elements.first).rawValue
            let changes = try event.ticks.map { tick in
                abs(
                    Int(try #require(sick[event.sensor, tick]?.metrics[metric]))
                        - Int(try #require(twin[event.sensor, tick]?.metrics[metric]))
                )
            }
            let largest = Double(try #require(changes.max()))
            let step = Double(sick.plan.fleet.sensors[event.sensor].resolutions[metric].step)
            // A fifth of 60 readings is the fastest way back: a first step of 2 % of the whole, and rounding.
            #expect(Double(changes[0]) <= 0.03 * largest + step)
            #expect(Double(changes[59]) <= 0.03 * largest + step)
        }
    }
}
