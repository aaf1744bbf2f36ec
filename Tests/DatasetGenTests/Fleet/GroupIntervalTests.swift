import DatasetGen
import Testing

/// Groups of one fleet that report at intervals of their own.
@Suite struct GroupIntervalTests {
    static let header = """
        dataset: {duration: 3h, seed: 11}
        outputs: {clean: true}
        metrics:
          temperature: {}
          pressure: {}
          load: {mean: 5, std_dev: 1, follows: [{metric: drift, weight: 0.3, lag: 2m}]}
          drift: {mean: 0, std_dev: 1}
          energy: {model: counter, rate: {mean: 2, follows: [{metric: load, weight: 1}]}}
          door: {model: state, states: {closed: 0.8, open: 0.2}, dwell: 3m}
        anomalies:
          probability: 0.1
          phases: [{at: 1h, probability: 0.2}]
          types:
            spike: {}
            trend: {duration: 5m}
            missing_data: {duration: 3m, modes: [blank, omit, stuck]}
            noise: {duration: [2m, 4m]}

        """
    static let slow = "{count: 3, prefix: SLOW, interval: 1m}"
    static let late = "{count: 3, prefix: LATE, interval: 1m}"
    static let fast = "{count: 2, prefix: FAST}"
    static let recipe =
        header + """
            simulation: {interval: 10s}
            fleet: [\(slow), \(fast), {count: 4, prefix: ODD, interval: 70s}, {prefix: ONE, interval: 10s}, \(late)]

            """

    /// Windows that cut the ticks of some groups, and one that is longer than the dataset.
    private static let orders: [RowOrder] =
        [.time, .sensor] + [10, 40, 700, 7_200, 86_400].map { .window($0 * SimulatedTime.microsecondsPerSecond) }

    private static func plan(_ order: RowOrder, _ text: String = recipe) throws -> GenerationPlan {
        try GenerationPlan(yaml: text.replacing("seed: 11", with: "seed: 11, order: \(order.text)"))
    }

    @Test(arguments: orders) func positionsAreThoseOfTheReadings(_ order: RowOrder) throws {
        let plan = try Self.plan(order)
        #expect(plan.rows.count == 3 * 180 + 2 * 1_080 + 4 * 155 + 1_080 + 3 * 180)
        #expect(plan.recipe.readingCount == plan.rows.count)
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        var (position, last) = (Int64(0), (Int64(-1), Int64(-1), Int64(-1)))
        var counts = [Int64](repeating: 0, count: 13)
        for index in 0..<plan.blockCount {
            generator.generate(block: index, into: &block)
            for row in 0..<block.readings.count {
                let (sensor, tick) = plan.rows.reading(at: position)
                #expect(sensor == Int(block.readings.sensors[row]))
                #expect(plan.rows.position(ofSensor: sensor, tick: tick) == position)
                #expect(plan.grid(ofSensor: sensor).time(ofTick: tick).microseconds == block.readings.times[row])
                #expect(plan.time(at: position).microseconds == block.readings.times[row])
                let (time, place) = (block.readings.times[row], Int64(sensor))
                let next: (Int64, Int64, Int64) =
                    switch order {
                    case .time: (time, place, 0)
                    case .sensor: (place, time, 0)
                    case .window(let length):
                        ((time - plan.recipe.grid.start.microseconds) / length, place, time)
                    }
                #expect(last < next)
                last = next
                if position % 97 == 0 {
                    for sensor in 0..<13 {
                        #expect(plan.rows.readingCount(ofSensor: sensor, before: position) == counts[sensor])
                    }
                }
                counts[sensor] += 1
                position += 1
            }
        }
        #expect(position == plan.rows.count)
        for sensor in 0..<13 {
            #expect(plan.rows.readingCount(ofSensor: sensor, before: position) == counts[sensor])
            #expect(plan.rows.tickCount(ofSensor: sensor) == counts[sensor])
        }
    }

    @Test(arguments: orders) func chunksAndPassesLeaveNoTrace(_ order: RowOrder) throws {
        // Several blocks.
        let text = Self.recipe.replacing("duration: 3h", with: "duration: 30h")
        let plan = try Self.plan(order, text)
        let whole = ReadingTable(plan)
        for (blocks, rows) in [(Int64(1), nil), (2, 1_000), (3, 5), (nil, Int64(97))] as [(Int64?, Int64?)] {
            let other = ReadingTable(plan, blocksPerChunk: blocks, rowsPerPass: rows)
            #expect(whole.readings == other.readings)
            #expect(whole.events == other.events)
            #expect(whole.statistics == other.statistics)
        }
        let backwards = ReadingTable(plan, blocks: (0..<plan.blockCount).reversed())
        #expect(whole.readings == backwards.readings)
    }

    @Test(arguments: orders, [[1, 6, 12], nil]) func selectionsHaveTheirReadings(_ order: RowOrder, _ sensors: [Int]?)
        throws
    {
        let plan = try Self.plan(order, Self.recipe.replacing("duration: 3h", with: "duration: 30h"))
        let start = plan.recipe.grid.start.microseconds
        let times = start + 3_333_000_000..<start + 41_000_000_000
        let selection = ReadingSelection(
            of: plan,
            sensors: sensors,
            from: SimulatedTime(microseconds: times.lowerBound),
            to: SimulatedTime(microseconds: times.upperBound)
        )
        var (count, blocks): (Int64, Set<Int64>) = (0, [])
        for position in 0..<plan.rows.count where times.contains(plan.time(at: position).microseconds) {
            guard sensors?.contains(plan.rows.reading(at: position).sensor) ?? true else { continue }
            count += 1
            blocks.insert(position / GenerationPlan.rowsPerBlock)
        }
        #expect(selection.readingCount == count)
        let computed = Set(selection.blocks.joined())
        #expect(order == .time ? computed.isSuperset(of: blocks) : computed == blocks)
    }

    @Test func aGroupReportsWhatItWouldInAFleetOfItsOwnInterval() throws {
        let mixed = ReadingTable(try Self.plan(.time))
        let alone = ReadingTable(
            try GenerationPlan(yaml: Self.header + "simulation: {interval: 1m}\nfleet: [{count: 3, prefix: SLOW}]")
        )
        for sensor in 0..<3 {
            for tick in 0..<alone.plan.rows.tickCount {
                #expect(mixed[sensor, tick] != nil)
                #expect(mixed[sensor, tick] == alone[sensor, tick])
            }
        }
        func own(_ table: ReadingTable) -> [AnomalyEvent] {
            table.events.filter { $0.sensor < 3 }
                .sorted { ($0.sensor, $0.ticks.lowerBound) < ($1.sensor, $1.ticks.lowerBound) }
        }
        #expect(own(mixed) == own(alone) && !own(alone).isEmpty)
    }

    @Test func groupsLeaveEachOtherAloneWhateverTheShortestInterval() throws {
        let mixed = ReadingTable(try Self.plan(.time))
        let faster = ReadingTable(
            try Self.plan(
                .time,
                Self.recipe.replacing("{prefix: ONE, interval: 10s}", with: "{prefix: ONE, interval: 5s}")
            )
        )
        for sensor in 0..<13 where sensor != 9 {
            for tick in 0..<mixed.plan.rows.tickCount(ofSensor: sensor) {
                #expect(mixed[sensor, tick] == faster[sensor, tick])
            }
        }
    }

    @Test func aLongerRunKeepsTheRowsOfTheShorter() throws {
        let short = ReadingTable(try Self.plan(.time))
        let long = ReadingTable(try Self.plan(.time, Self.recipe.replacing("duration: 3h", with: "duration: 5h")))
        for position in 0..<short.plan.rows.count {
            let (sensor, tick) = short.plan.rows.reading(at: position)
            #expect(long.plan.rows.reading(at: position) == (sensor, tick))
            #expect(long[sensor, tick] == short[sensor, tick])
        }
    }

    @Test(arguments: orders) func labelsAreExactAgainstTheTwin(_ order: RowOrder) throws {
        let table = ReadingTable(try Self.plan(order))
        let twin = ReadingTable(try table.plan.healthyTwin())
        var anomalous = 0
        for sensor in 0..<13 {
            var reader = SensorReader(table.plan, sensor: table.plan.fleet.sensors[sensor])
            let ticks = 0..<table.plan.rows.tickCount(ofSensor: sensor)
            let window = reader.read(ticks)
            for tick in ticks {
                let reading = try #require(table[sensor, tick])
                #expect(twin[sensor, tick]?.metrics == reading.clean)
                #expect(reading.label.isAnomalous || reading.metrics == reading.clean)
                #expect(window.anomalyType(Int(tick)) == reading.label.anomalyType)
                anomalous += reading.label.isAnomalous ? 1 : 0
            }
        }
        for event in table.events {
            let first = try #require(table[event.sensor, event.ticks.lowerBound])
            #expect(first.label.anomalyType == event.type)
            // Lengths are of the group's own ticks.
            let minutes: Int64 = [.spike: 0, .trend: 5, .noise: 3, .missingData: 3][event.type] ?? 0
            if event.type == .trend, !event.isTruncated {
                let ticks = Double(minutes * 60) / table.plan.grid(ofSensor: event.sensor).interval.seconds
                #expect(abs(Double(event.ticks.count) - ticks) <= 0.5)
            }
        }
        let counted = table.statistics.labels.reduce(0) { $0 + $1.anomalous }
        #expect(counted == Int64(anomalous))
    }

    @Test func theResolvedRecipeSaysTheSame() throws {
        let recipe = try Recipe(yaml: Self.recipe)
        #expect(recipe.groups.map(\.step) == [6, 1, 7, 1, 6])
        let text = RecipeWriter.text(of: recipe)
        let again = try Recipe(yaml: text)
        #expect(again.groups == recipe.groups && again.grid == recipe.grid)
        #expect(RecipeWriter.text(of: again) == text)
    }

    @Test func theShortestIntervalOfTheFleetIsThatOfTheGrid() throws {
        let recipe = try Recipe(yaml: "fleet: [{interval: 1m}, {interval: 10s}]")
        #expect(recipe.grid.interval.text == "10s" && recipe.groups.map(\.step) == [6, 1])
        let thirds = try Recipe(yaml: "{simulation: {interval: 1/3s}, fleet: [{interval: 2s}, {}]}")
        #expect(thirds.groups.map(\.step) == [6, 1])
        let single = try Recipe(yaml: "fleet: [{interval: 20s, count: 3}]")
        #expect(single.grid.interval.text == "20s" && single.groups.map(\.step) == [1])
    }

    static let mistakes: [(text: String, key: String, message: String)] = [
        (
            "fleet: [{interval: 10s}, {interval: 25s}]", "fleet.1.interval",
            "25s is no whole multiple of 10s, the shortest interval of the fleet; 20s or 30s would do"
        ),
        ("fleet: [{}, {interval: 400ms}]", "fleet.1.interval", "the groups without an interval have 1s"),
        ("{fleet: [{}, {interval: 3s}], simulation: {interval: 5s}}", "simulation.interval", "3s or 6s would do"),
        ("fleet: [{interval: 2d}]", "fleet.0.interval", "is not in the range 1ms to 1d"),
        (
            "{fleet: [{}, {interval: 30s}], anomalies: {types: {pattern: {frequency: 0.1}}}}", "fleet.1.interval",
            "shows at most"
        ),
        ("dataset: {order: window=1500ms}", "dataset.order", "a window of 1s500ms is no whole multiple of 1s"),
        ("dataset: {order: windows}", "dataset.order", "expected time, sensor, or a window such as window=2h"),
        (
            "{fleet: [{}, {interval: 10m}], metrics: {door: {model: state, states: {a: 0.9, b: 0.1}, dwell: 1m}, "
                + "temperature: {}}}",
            "fleet.1.interval", "10m is longer than a stay of door (dwell: 1m)"
        ),
    ]

    @Test(arguments: mistakes.indices) func mistakesAreToldWithTheirPlace(_ index: Int) throws {
        let mistake = Self.mistakes[index]
        let errors = try #require(throws: RecipeErrors.self) { try Recipe(yaml: mistake.text) }
        let first = try #require(errors.diagnostics.first)
        #expect(first.keyPath == mistake.key, "\(first)")
        #expect(first.message.contains(mistake.message), "\(first)")
    }
}
