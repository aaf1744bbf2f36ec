import DatasetFiles
import DatasetGen
import Foundation
import Testing

@Suite("What arrives")
struct ArrivalTests {
    /// Fleets narrower and wider than a block, of one interval and of two, over a few blocks.
    private static let fleets = [
        "simulation: {interval: 1s}\nfleet: [{count: 7, location: Oslo}]",
        "simulation: {interval: 10m}\nfleet: [{count: 20000, location: Oslo}]",
        "simulation: {interval: 5s}\nfleet: [{count: 30, location: Oslo}, {count: 9, prefix: B, interval: 20s, location: Oslo}]",
    ]

    /// All that can happen; delays from less than an interval to more than the dataset.
    private static let delivery = """
        {jitter: 700ms, late: {share: 0.02, delay: [1s, 3h]}, offline: {every: 2h, duration: [1m, 1h]}, loss: 0.01,
          duplicates: {share: 0.02}, clock_drift: {share: 0.3, ppm: 900}, order: arrival}
        """

    private func plan(_ fleet: String, duration: String = "2h") throws -> GenerationPlan {
        let recipe = "dataset: {seed: 3, duration: \(duration)}\n\(fleet)\ndelivery: \(Self.delivery)\noutputs: [csv]"
        return try GenerationPlan(Recipe(yaml: recipe))
    }

    @Test("is what was taken where a group's section says nothing")
    func nothing() throws {
        for section in ["", "{}", "{loss: 0}"] {
            let recipe = try Recipe(yaml: "fleet: [{location: Oslo, delivery: \(section)}]")
            #expect(recipe.delivery == nil, "\(section)")
        }
        #expect(try Recipe(yaml: "fleet: [{location: Oslo, delivery: {loss: 0.1}}]").delivery != nil)
    }

    @Test("comes in the order in which it arrives, all of it, from any block on", arguments: fleets)
    func order(fleet: String) throws {
        let plan = try plan(fleet)
        try #require(plan.blockCount > 2)
        var sent: [Arrival] = []
        var (generator, block, arrivals) = (BlockGenerator(plan), GeneratedBlock(), Arrivals(plan))
        for first in [0, plan.blockCount / 2, plan.blockCount - 1] {
            let order = ArrivalOrder<Int64>(plan, from: first)
            var arrived: [Arrival] = []
            for index in order.firstSent..<plan.blockCount {
                generator.generate(block: index, into: &block)
                let rows = arrivals.arriving(of: block.readings.slice)
                order.send(rows, index, block: index)
                if first == 0 { sent += rows.arrivalList }
                guard index >= first else { continue }
                let (taken, companion) = order.take(block: index)
                #expect(companion == index)
                arrived += taken.arrivalList
            }
            #expect(arrived == arrived.sorted())
            // Those that begin later have the last of all.
            #expect(arrived == sent.sorted().suffix(arrived.count))
            if first == 0 {
                #expect(arrived.count == sent.count && arrived != sent)
            } else {
                #expect(order.firstSent <= first && !arrived.isEmpty && arrived.count < sent.count)
            }
        }
    }

    @Test("waits for readings that are taken when it arrives, whatever is asked for first", arguments: fleets)
    func queue(fleet: String) throws {
        let plan = try plan(fleet)
        var (generator, block) = (BlockGenerator(plan), GeneratedBlock())
        /// What arrives with some readings on, asked for in parts of a size; with nothing behind the last one.
        func arriving(from first: Int64, by size: Int64) -> [Arrival] {
            var queue = ArrivalQueue(plan)
            var arrived: [Arrival] = []
            let begin = ArrivalQueue.firstReading(arrivingFrom: first, of: plan)
            #expect(begin <= first)
            func send(_ positions: Range<Int64>) {
                for index in positions.lowerBound / GenerationPlan.rowsPerBlock..<plan.blockCount {
                    let own = plan.positions(ofBlocks: index..<index + 1).clamped(to: positions)
                    if own.isEmpty { break }
                    generator.generate(block: index, into: &block)
                    let start = index * GenerationPlan.rowsPerBlock
                    let rows = Int(own.lowerBound - start)..<Int(own.upperBound - start)
                    queue.send(block.readings.slice(rows), arrivingFrom: first)
                }
            }
            send(begin..<first)
            for start in stride(from: first, to: plan.rows.count, by: Int(size)) {
                let end = min(start + size, plan.rows.count)
                send(start..<end)
                let due = queue.take(before: end).arrivalList
                // None before its time, and none that waits longer than for the next reading.
                let last = plan.time(at: end - 1).microseconds
                #expect(due.allSatisfy { $0.time <= last && $0.number <= end })
                arrived += due
            }
            return arrived
        }
        let whole = arriving(from: 0, by: 16_384)
        #expect(whole == whole.sorted() && whole.count > Int(plan.rows.count) / 2)
        for first in [1, plan.rows.count / 3, plan.rows.count - 700] {
            let part = arriving(from: first, by: 4_999)
            #expect(part == whole.suffix(part.count))
            let before = plan.time(at: first - 1).microseconds
            #expect(part.count >= whole.count { $0.time > before })
            // Nothing need arrive with the first reading alone.
            #expect(first == 1 || part.count < whole.count)
        }
    }

    @Test("is the same for any chunks", arguments: [fleets[0], fleets[2]])
    func chunks(fleet: String) async throws {
        let plan = try plan(fleet, duration: "4h")
        let home = try TemporaryFolder()
        for rows in [16_384, 5 * 16_384] as [Int64] {
            let options = DatasetWriter.Options(workerCount: 3, rowsPerChunk: rows)
            _ = try await DatasetWriter(plan, options: options).write(to: home.path(of: "\(rows)"))
        }
        for name in ["readings.csv.gz", "delivery.csv", "manifest.json"] {
            let files = try ["16384", "81920"]
                .map { try Data(contentsOf: URL(filePath: home.path(of: "\($0)/\(name)"))) }
            #expect(files[0] == files[1], "\(name)")
        }
    }
}

/// When a row arrives, and which it is.
private struct Arrival: Comparable {
    var time: Int64
    var number: Int64

    static func < (one: Arrival, other: Arrival) -> Bool {
        (one.time, one.number) < (other.time, other.number)
    }
}

extension ReadingSlice {
    fileprivate var arrivalList: [Arrival] {
        (0..<count).map { Arrival(time: arrival(of: $0), number: number(of: $0)) }
    }
}
