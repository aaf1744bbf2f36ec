import DatasetGen
import Testing

@Suite struct PipelineStateTests {
    private typealias State = PipelineState<Int64, Int64>

    /// Work that a worker has claimed and not handed in.
    private enum Work {
        case batch(Int64)
        case unit(Int64)
    }

    /// Every order in which three workers can finish: units are committed in order, once, from batches that are ready, and
    /// neither window nor batches overflow.
    @Test(arguments: 0..<200, [1, 4, 7, 50] as [Int64])
    func commitsInOrderWhateverTheOrderOfCompletion(seed: UInt64, unitsPerBatch: Int64) {
        let key = RandomKey(seed: seed)
        let (count, window): (Int64, Int) = (40, 5)
        var state = State(unitCount: count, unitsPerBatch: unitsPerBatch, batchLimit: 2, window: window)
        var claimed: [Work] = []
        var committed: [Int64] = []
        var (batches, unitsDone): (Set<Int64>, [Int64]) = ([], [])
        var step: UInt64 = 0
        while committed.count < Int(count) {
            step += 1
            if claimed.count < 3, key.bits(step) & 1 == 0 {
                switch state.claim() {
                case .prepare(let batch, _):
                    #expect(batches.insert(batch).inserted, "prepared twice")
                    claimed.append(.batch(batch))
                case .produce(let unit, let batch, _):
                    #expect(batch == unit / unitsPerBatch)
                    claimed.append(.unit(unit))
                case .wait: #expect(!claimed.isEmpty, "everyone waits")
                case .stop: break
                }
            } else if !claimed.isEmpty {
                switch claimed.remove(at: Int(key.integer(step, below: UInt64(claimed.count)))) {
                case .batch(let batch): state.handIn(batch: batch, number: batch)
                case .unit(let unit):
                    unitsDone.append(unit)
                    let siblings = unitsDone.count { $0 / unitsPerBatch == unit / unitsPerBatch }
                    let size = min(unitsPerBatch, count - unit / unitsPerBatch * unitsPerBatch)
                    let isLast = state.handIn(unit, unit: unit)
                    #expect(isLast == (siblings == Int(size)))
                    var next = state.beginCommit()
                    while let product = next {
                        committed.append(product)
                        next = state.continueCommit(recycling: product)
                    }
                }
            }
            let finished = batches.count { batch in
                unitsDone.count { $0 / unitsPerBatch == batch }
                    == Int(min(unitsPerBatch, count - batch * unitsPerBatch))
            }
            #expect(batches.count - finished <= 2)
            for case .unit(let unit) in claimed { #expect(unit - Int64(committed.count) < Int64(window)) }
        }
        #expect(committed == Array(0..<count))
        if case .stop = state.claim() {} else { Issue.record("work is left") }
    }

    /// The claims of units alone, after their batch is ready.
    private func readyState(units: Int64) -> State {
        var state = State(unitCount: units, unitsPerBatch: units, batchLimit: 1, window: 3)
        guard case .prepare(0, nil) = state.claim() else { fatalError("a batch comes first") }
        if case .wait = state.claim() {} else { Issue.record("units need their batch") }
        #expect(state.mustWait)
        state.handIn(batch: 0, number: 0)
        return state
    }

    @Test func oneWorkerCommitsAtATime() {
        var state = readyState(units: 3)
        for _ in 0..<3 { _ = state.claim() }
        var isLast = state.handIn(0, unit: 0)
        #expect(state.beginCommit() == 0)
        isLast = state.handIn(1, unit: 1)
        #expect(!isLast)
        #expect(state.beginCommit() == nil, "unit 0 is still being committed")
        #expect(state.continueCommit(recycling: 0) == 1)
        #expect(state.continueCommit(recycling: 1) == nil)
        isLast = state.handIn(2, unit: 2)
        #expect(isLast)
        #expect(state.beginCommit() == 2)
    }

    @Test func afterAFailureNobodyGetsWork() {
        var state = readyState(units: 10)
        _ = state.claim()
        state.fail()
        if case .stop = state.claim() {} else { Issue.record("work was given out after a failure") }
        _ = state.handIn(0, unit: 0)
        #expect(state.beginCommit() == nil)
        #expect(!state.mustWait)
    }
}
