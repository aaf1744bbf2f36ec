import DatasetGen
import Testing

@Suite struct DeterminismTests {
    /// 37 sensors: blocks begin and end in the middle of a tick.
    static let recipe = """
        dataset: {duration: 3h, seed: 11}
        replicas: {count: 37}
        simulation: {interval: 5s}
        random_location: {enabled: true, number_of_cities: 4}
        anomalies:
          probability: 0.1
          types:
            spike: {weight: 0.4}
            trend: {weight: 0.2, duration: [1m, 5m]}
            pattern: {weight: 0.1, duration: 5m}
            missing_data: {weight: 0.1, duration: 30s, modes: [null, omit, stuck, sentinel, rail]}
            noise: {weight: 0.2, duration: 3m}
        outputs: {clean: true}
        """

    @Test(
        arguments: ["time", "sensor"],
        [(1, 1), (1, 7), (2, 1_000), (3, 4_099), (3, nil), (4, 20_011)] as [(Int64, Int64?)]
    )
    func chunkSizeLeavesNoTrace(order: String, chunk: (blocks: Int64, rowsPerPass: Int64?)) throws {
        let plan = try GenerationPlan(yaml: Self.recipe, options: [.set("dataset.order=\(order)")])
        let whole = ReadingTable(plan, blocks: Array(0..<plan.blockCount))
        let chunked = ReadingTable(plan, blocksPerChunk: chunk.blocks, rowsPerPass: chunk.rowsPerPass)
        #expect(whole.readings == chunked.readings)
        #expect(whole.events == chunked.events)
        #expect(whole.statistics == chunked.statistics)
    }

    /// Readings lie between, at and beyond points and knots of the model, and by hundreds between two of them.
    @Test(
        arguments: [
            ("li_ion", "47s", "time"), ("alkaline", "10s", "sensor"), ("solar", "7m30s", "time"),
            ("mains", "50ms", "sensor"), ("li_ion", "7s", "time"), ("mains", "5m", "time"),
        ]
    )
    func chunkSizeLeavesNoTraceInACitysClimate(supply: String, interval: String, order: String) throws {
        let options: [RecipeOverride] = [
            .set("climate=city"), .set("sensor={part: SHT31, supply: \(supply)}"),
            .set("simulation.interval=\(interval)"), .set("dataset.order=\(order)"),
            .set("dataset.duration=\(interval == "50ms" ? "11m" : "3h")"),
        ]
        let plan = try GenerationPlan(yaml: Self.recipe, options: options)
        let whole = ReadingTable(plan, blocks: Array(0..<plan.blockCount))
        for rowsPerPass in [91, 1_357] as [Int64] {
            let chunked = ReadingTable(plan, blocksPerChunk: 2, rowsPerPass: rowsPerPass)
            #expect(whole.readings == chunked.readings)
            #expect(whole.events == chunked.events)
        }
        let backwards = ReadingTable(plan, blocks: (0..<plan.blockCount).reversed())
        #expect(whole.readings == backwards.readings)
    }

    @Test func blocksDoNotDependOnOneAnother() throws {
        let plan = try GenerationPlan(yaml: Self.recipe)
        let backwards = ReadingTable(plan, blocks: (0..<plan.blockCount).reversed())
        #expect(plan.blockCount > 3)
        #expect(ReadingTable(plan).readings == backwards.readings)
    }

    @Test func bothOrdersHoldTheSameReadings() throws {
        let byTime = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        let bySensor = ReadingTable(try GenerationPlan(yaml: Self.recipe, options: [.set("dataset.order=sensor")]))
        #expect(byTime.readings == bySensor.readings)
        #expect(Set(byTime.events) == Set(bySensor.events))
        #expect(byTime.statistics == bySensor.statistics)
    }

    @Test func longerRunKeepsTheRows() throws {
        let short = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        let long = ReadingTable(try GenerationPlan(yaml: Self.recipe, options: [.set("dataset.duration=5h")]))
        for sensor in 0..<37 {
            for tick in 0..<short.plan.rows.tickCount {
                #expect(short[sensor, tick] == long[sensor, tick])
            }
        }
        let cut = short.events.filter(\.isTruncated).count
        #expect(cut > 0)
        #expect(Set(long.events).intersection(short.events).count >= short.events.count - cut)
    }

    @Test func largerFleetKeepsTheSensors() throws {
        let small = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        let large = ReadingTable(try GenerationPlan(yaml: Self.recipe, options: [.set("replicas.count=50")]))
        for sensor in 0..<37 {
            let (before, after) = (small.plan.fleet.sensors[sensor], large.plan.fleet.sensors[sensor])
            #expect(before.id == after.id)
            #expect(before.serialNumber == after.serialNumber)
            #expect(before.place == after.place)
            for tick in stride(from: 0, to: small.plan.rows.tickCount, by: 7) {
                #expect(small[sensor, tick] == large[sensor, tick])
            }
        }
    }

    @Test func aGrowingGroupLeavesTheOtherGroupsAlone() throws {
        func table(_ first: Int) throws -> ReadingTable {
            ReadingTable(
                try GenerationPlan(
                    yaml: """
                        dataset: {duration: 2h}
                        fleet: [{count: \(first), prefix: A}, {count: 3, prefix: B, manufacturer: SensorTech}]
                        anomalies: {probability: 0.1}
                        """
                )
            )
        }
        let (small, large) = (try table(2), try table(5))
        for member in 0..<3 {
            #expect(small.plan.fleet.sensors[2 + member].id == large.plan.fleet.sensors[5 + member].id)
            for tick in 0..<small.plan.rows.tickCount {
                #expect(small[2 + member, tick] == large[5 + member, tick])
            }
        }
    }

    @Test func anotherSeedGivesOtherData() throws {
        let one = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        let other = ReadingTable(try GenerationPlan(yaml: Self.recipe, options: [.set("dataset.seed=12")]))
        let equal = zip(one.readings, other.readings).count { $0?.metrics == $1?.metrics }
        #expect(equal < one.readings.count / 1_000)
    }
}
