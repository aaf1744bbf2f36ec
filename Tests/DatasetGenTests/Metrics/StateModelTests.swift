import DatasetGen
import Testing

@Suite struct StateModelTests {
    @Test(arguments: [
        [("closed", 0.96), ("open", 0.04)], [("on", 0.5), ("off", 0.5)],
        [("a", 0.25), ("b", 0.25), ("c", 0.25), ("d", 0.25)], [("idle", 0.1), ("run", 0.6), ("heat", 0.3)],
    ])
    func sharesAndStaysAreAsAsked(_ states: [(String, Double)]) throws {
        let grid = MetricFixture.grid(days: 20, interval: "10s")
        let source = StateSource(
            try StateModel("door", states: states.map { (name: $0.0, share: $0.1) }, dwell: 300_000_000, grid: grid)
        )
        let columns = (0..<6 as Range<UInt64>)
            .map { MetricFixture.counts(source, MetricFixture.keys($0), 0..<grid.tickCount) }
        let all = columns.flatMap { $0 }
        for (index, state) in states.enumerated() {
            let share = Double(all.count { $0 == Int32(index) }) / Double(all.count)
            #expect(abs(share / state.1 - 1) < 0.03, "\(state.0): \(share)")
        }
        let rarest = states.indices.min { states[$0].1 < states[$1].1 }!
        guard states.count == 2 || states[rarest].1 < 0.2 else { return }
        // A stay of the rarest state begins where it is and was not before.
        let stays = columns.reduce(0) { sum, column in
            sum + zip(column, column.dropFirst()).count { $0 != Int32(rarest) && $1 == Int32(rarest) }
        }
        let ticks = all.count { $0 == Int32(rarest) }
        let stay = Double(ticks) / Double(stays)
        #expect(abs(stay - 30) < 1.5)
        let cut = MetricFixture.cut(source, MetricFixture.keys(2), 500..<9_000)
        #expect(cut == Array(columns[2][500..<9_000]))
        #expect(columns[0] != columns[1])
    }

    @Test func whatCannotBeHadIsRefused() {
        let grid = MetricFixture.grid(days: 1, interval: "1s")
        func refusal(_ states: [(name: String, share: Double)], dwell: Int64 = 60_000_000) -> String? {
            do {
                _ = try StateModel("door", states: states, dwell: dwell, grid: grid)
                return nil
            } catch {
                return error.keyPath
            }
        }
        #expect(refusal([("a", 0.5), ("b", 0.5)]) == nil)
        #expect(refusal([("a", 0.5), ("b", 0.4)]) == "metrics.door.states")
        #expect(refusal([("a", 1)]) == "metrics.door.states")
        #expect(refusal([("a", 0.5), ("a", 0.5)]) == "metrics.door.states")
        #expect(refusal([("a", 0), ("b", 1)]) == "metrics.door.states.a")
        #expect(refusal([("a", 0.5), ("b", 0.5)], dwell: 10) == "metrics.door.dwell")
    }
}
