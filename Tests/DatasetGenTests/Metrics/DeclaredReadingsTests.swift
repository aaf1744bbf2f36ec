import DatasetGen
import Testing

/// What holds for the readings of any recipe holds for those of declared metrics.
@Suite struct DeclaredReadingsTests {
    static let run = """
        dataset: {duration: 3h, seed: 11}
        replicas: {count: 9}
        simulation: {interval: 5s}
        random_location: {enabled: true, number_of_cities: 4}
        outputs: {clean: true}

        """

    static let anomalies = """
        anomalies:
          probability: 0.1
          types:
            spike: {weight: 0.4}
            trend: {weight: 0.2, duration: [1m, 5m]}
            pattern: {weight: 0.1, duration: 5m}
            missing_data: {weight: 0.1, duration: 30s, modes: [null, omit, stuck, sentinel, rail]}
            noise: {weight: 0.2, duration: 3m}

        """

    /// By name: what is measured.
    static let recipes: [String: String] = [
        "station": run + anomalies + MetricSectionTests.station.replacing("mean: 0.4}", with: "mean: 400}"),
        "standard ones in another order": run + anomalies + """
            metrics: {voltage: {}, load: {mean: 5, std_dev: 1}, temperature: {}}
            """,
        "standard ones in a city": run + anomalies + """
            climate: city
            sensor: {supply: solar}
            metrics: {pressure: {}, load: {mean: 5, std_dev: 1, shared: city}, humidity: {}, voltage: {}}
            """,
        "one": run + anomalies + "metrics: {load: {mean: 5, std_dev: 1}}",
        "states alone": run + """
            metrics:
              door: {model: state, states: {closed: 0.9, open: 0.1}, dwell: 1m}
              mode: {model: state, states: {off: 0.5, on: 0.3, idle: 0.2}, dwell: 10m, shared: group}
            anomalies: {probability: 0.1, types: {missing_data: {duration: 1m, modes: [null, omit, stuck]}}}
            """,
        "many": run + anomalies + "metrics:\n"
            + (0..<64).map { "  m\($0): {mean: \($0), std_dev: 1, noise: 0.1, cycles: [{period: 1h, share: 0.5}]}\n" }
            .joined(),
    ]

    private static func plan(_ name: String, _ options: RecipeOverride...) throws -> GenerationPlan {
        try GenerationPlan(yaml: try #require(recipes[name]), options: options)
    }

    @Test(arguments: recipes.keys.sorted())
    func chunksAndOrderLeaveNoTrace(name: String) throws {
        let whole = ReadingTable(try Self.plan(name))
        let chunked = ReadingTable(try Self.plan(name), blocksPerChunk: 1, rowsPerPass: 4_099)
        #expect(whole.readings == chunked.readings)
        #expect(whole.events == chunked.events)
        #expect(whole.statistics == chunked.statistics)
        let bySensor = ReadingTable(try Self.plan(name, .set("dataset.order=sensor")), blocksPerChunk: 3)
        #expect(whole.readings == bySensor.readings)
        #expect(whole.statistics == bySensor.statistics)
    }

    @Test(arguments: recipes.keys.sorted())
    func longerRunsAndLargerFleetsKeepTheReadings(name: String) throws {
        let small = ReadingTable(try Self.plan(name, .set("dataset.duration=1h")))
        let large = ReadingTable(try Self.plan(name, .set("replicas.count=12")))
        for sensor in 0..<9 {
            #expect((0..<small.plan.rows.tickCount).allSatisfy { small[sensor, $0] == large[sensor, $0] })
        }
    }

    @Test(arguments: recipes.keys.sorted())
    func labelsAreExact(name: String) throws {
        let table = ReadingTable(try Self.plan(name))
        let twin = ReadingTable(try Self.plan(name, .set("anomalies.enabled=false")))
        var labelled = Set<Int>()
        let ticks = table.plan.rows.tickCount
        #expect(!table.events.isEmpty)
        for event in table.events {
            for tick in event.ticks {
                labelled.insert(event.sensor * Int(ticks) + Int(tick))
                let (reading, healthy) = (
                    try #require(table[event.sensor, tick]), try #require(twin[event.sensor, tick])
                )
                #expect(reading.label.anomalyType == event.type)
                #expect(reading.clean == healthy.metrics)
                // Only the metrics that the event names change.
                let others = table.plan.recipe.schema.all.filter { !event.metrics.contains(MetricSet($0)) }
                #expect(others.allSatisfy { reading.metrics[$0.rawValue] == healthy.metrics[$0.rawValue] })
            }
            let ends = [event.ticks.lowerBound] + (event.isTruncated ? [] : [event.ticks.upperBound - 1])
            for end in ends { #expect(table[event.sensor, end]?.metrics != twin[event.sensor, end]?.metrics) }
        }
        let healthy = table.readings.indices.filter { !labelled.contains($0) }
        #expect(healthy.allSatisfy { table.readings[$0]?.label == .normal })
        #expect(healthy.allSatisfy { table.readings[$0]?.metrics == twin.readings[$0]?.metrics })
    }

    /// A formula holds in every row, whatever has become of its inputs.
    @Test func derivedMetricsFollowTheReadings() throws {
        let table = ReadingTable(try Self.plan("station"))
        let (temperature, fahrenheit) = (0, 6)
        let unit = table.plan.fleet.sensors[0].resolutions[temperature]
        var kinds: [AnomalyType?: Int] = [:]
        for reading in table.readings.compactMap({ $0 }) where reading.metrics[temperature] != ReadingBlock.null {
            let celsius = FixedPoint(count: Int64(reading.metrics[temperature]), decimals: unit.decimals).double
            let computed = Int32(((celsius * 1.8 + 32) * 10).rounded(.toNearestOrEven))
            #expect(reading.metrics[fahrenheit] == computed)
            kinds[reading.label.anomalyType, default: 0] += 1
        }
        #expect(kinds.count == 6)
        let spikes = table.events.filter { $0.type == .spike }
        #expect(spikes.contains { $0.metrics.contains(MetricSet([Metric(rawValue: 0), Metric(rawValue: 6)])) })
    }

    /// Nothing but lost data affects a state, and what is lost is lost of all metrics.
    @Test func lostDataAreLostOfAllMetrics() throws {
        let table = ReadingTable(try Self.plan("station"))
        let blank = table.events.filter { $0.mode == .blank }
        #expect(!blank.isEmpty)
        for event in blank {
            for tick in event.ticks {
                #expect(table[event.sensor, tick]?.metrics.allSatisfy { $0 == ReadingBlock.null } == true)
            }
        }
        let door = MetricSet(Metric(rawValue: 5))
        #expect(
            table.events.allSatisfy { !$0.metrics.contains(door) || $0.mode?.hasNoValues == true || $0.mode == .stuck }
        )
    }

    @Test func singleReadingsAreThoseOfTheRun() throws {
        let plan = try Self.plan("station")
        let table = ReadingTable(plan)
        var reader = SensorReader(plan, sensor: plan.fleet.sensors[7])
        for tick in stride(from: Int64(0), to: plan.rows.tickCount, by: 97) {
            let window = reader.read(tick..<tick + 1)
            let reading = try #require(table[7, tick])
            for metric in plan.recipe.schema.all {
                let decimals = plan.fleet.sensors[7].resolutions[metric.rawValue].decimals
                let count = reading.metrics[metric.rawValue]
                let value =
                    count == ReadingBlock.null ? nil : FixedPoint(count: Int64(count), decimals: decimals).double
                #expect(window.value(metric, 0) == value)
            }
        }
    }

    @Test func meansDeviationsAndBoundsAreThoseAskedFor() throws {
        let plan = try GenerationPlan(
            yaml: """
                dataset: {duration: 60d, seed: 5}
                replicas: {count: 20}
                simulation: {interval: 20m}
                anomalies: {enabled: false}
                metrics:
                  a: {mean: 650, std_dev: 120, min: 400, max: 5000, resolution: 1, noise: 8, distribution: lognormal,
                      cycles: [{period: 1d, share: 0.4, peak: 14h, days: [mon, tue, wed, thu, fri]}]}
                  b: {mean: -3, std_dev: 0.5, distribution: uniform, resolution: 0.001}
                  c: {mean: 10, std_dev: 2, min: 2, max: 20, noise: 1, follows: [{metric: a, weight: -0.6, lag: 20m}]}
                """
        )
        let table = ReadingTable(plan)
        // 20 sensors with 8 independent stretches of three hours' red noise a day for 60 days: the standard error of the
        // mean is σ/√(20·60·8) at most; four of them, and the same of the deviation.
        for (metric, mean, deviation, low, high) in [
            (0, 650.0, 120.0, 400.0, 5_000.0), (1, -3, 0.5, -5, -1), (2, 10, 2, 2, 20),
        ] {
            let unit = plan.fleet.sensors[0].resolutions[metric].value
            let found = table.statistics.normal[metric]
            let error = 4 * deviation / (20.0 * 60 * 8).squareRoot()
            #expect(abs(try #require(found.mean) * unit - mean) < error)
            #expect(abs(try #require(found.standardDeviation) * unit - deviation) < error)
            #expect(Double(found.minimum) * unit >= low && Double(found.maximum) * unit <= high)
        }
        // The weight is the correlation of the signals; noise is a quarter of the variance of one of the readings, and the
        // map of the other is no straight line.
        let (a, c) = (0, 2)
        var pairs: [(Double, Double)] = []
        for sensor in 0..<20 {
            for tick in Int64(1)..<plan.rows.tickCount {
                guard let earlier = table[sensor, tick - 1], let now = table[sensor, tick] else { continue }
                pairs.append((Double(earlier.metrics[a]), Double(now.metrics[c])))
            }
        }
        #expect(abs(correlation(pairs) + 0.6 * 0.75.squareRoot()) < 0.04)
    }

    private func correlation(_ pairs: [(Double, Double)]) -> Double {
        let count = Double(pairs.count)
        let (x, y) = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
        let (xx, yy, xy) = pairs.reduce((0.0, 0.0, 0.0)) { sums, pair in
            let (a, b) = (pair.0 - x, pair.1 - y)
            return (sums.0 + a * a, sums.1 + b * b, sums.2 + a * b)
        }
        return xy / (xx * yy).squareRoot()
    }
}
