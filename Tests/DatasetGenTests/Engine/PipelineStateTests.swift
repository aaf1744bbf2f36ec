import DatasetGen
import Testing

@Suite struct PipelineStateTests {
    /// Every order in which three workers can finish: units are committed in order, once, and the window holds.
    @Test(arguments: 0..<200)
    func commitsInOrderWhateverTheOrderOfCompletion(seed: UInt64) {
        let key = RandomKey(seed: seed)
        let (count, window): (Int64, Int) = (40, 5)
        var state = PipelineState<Int64>(count: count, window: window)
        var claimed: [Int64] = []
        var committed: [Int64] = []
        var step: UInt64 = 0
        while committed.count < Int(count) {
            step += 1
            if claimed.count < 3, key.bits(step) & 1 == 0 {
                switch state.claim() {
                case .produce(let unit, _): claimed.append(unit)
                case .wait: #expect(Int(claimed.count) > 0, "everyone waits")
                case .stop: break
                }
            } else if !claimed.isEmpty {
                let unit = claimed.remove(at: Int(key.integer(step, below: UInt64(claimed.count))))
                state.handIn(unit, unit: unit)
                var next = state.beginCommit()
                while let product = next {
                    committed.append(product)
                    next = state.continueCommit(recycling: product)
                }
            }
            #expect(claimed.allSatisfy { $0 - Int64(committed.count) < Int64(window) })
        }
        #expect(committed == Array(0..<count))
        if case .stop = state.claim() {} else { Issue.record("work is left") }
    }

    @Test func oneWorkerCommitsAtATime() {
        var state = PipelineState<Int64>(count: 3, window: 3)
        for _ in 0..<3 { _ = state.claim() }
        state.handIn(0, unit: 0)
        #expect(state.beginCommit() == 0)
        state.handIn(1, unit: 1)
        #expect(state.beginCommit() == nil, "unit 0 is still being committed")
        #expect(state.continueCommit(recycling: 0) == 1)
        #expect(state.continueCommit(recycling: 1) == nil)
        state.handIn(2, unit: 2)
        #expect(state.beginCommit() == 2)
    }

    @Test func afterAFailureNobodyGetsWork() {
        var state = PipelineState<Int64>(count: 10, window: 3)
        _ = state.claim()
        state.fail()
        if case .stop = state.claim() {} else { Issue.record("work was given out after a failure") }
        state.handIn(0, unit: 0)
        #expect(state.beginCommit() == nil)
        #expect(!state.mustWait)
    }
}
