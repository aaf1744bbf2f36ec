import Synchronization

/// One worker of a pipeline: turns numbers into batches, and units of them into products.
package protocol PipelineWorker {
    /// What several units are made of; reference types, so that handing them on never copies their storage.
    associatedtype Batch: AnyObject & Sendable
    /// A unit, ready to be committed.
    associatedtype Product: AnyObject & Sendable

    /// Prepares a batch, in an earlier one if there is any.
    mutating func prepare(_ batch: Int64, recycled: Batch?) throws -> Batch

    /// Produces a unit from its batch, into an earlier product if there is one.
    mutating func produce(_ unit: Int64, of batch: Batch, recycled: Product?) throws -> Product
}

/// Produces numbered units on several workers and commits them one at a time in order.
///
/// The worker that completes the next unit in order commits it, so there is no thread that only waits; the others go on
/// producing meanwhile, up to the window.
package final class OrderedPipeline<Worker: PipelineWorker & SendableMetatype>: Sendable {
    private struct Shared {
        var state: PipelineState<Worker.Batch, Worker.Product>
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// The most units of so many workers that are claimed and not committed: when one is produced, those that lie as far
    /// behind are committed.
    ///
    /// Two per worker are in flight, one being produced and one waiting for its turn, and one is being committed.
    package static func window(workerCount: Int) -> Int { 2 * workerCount + 1 }

    private let shared: Mutex<Shared>
    private let workerCount: Int
    private let makeWorker: @Sendable () throws -> Worker
    private let commit: @Sendable (Worker.Product) throws -> Void

    /// A pipeline of `workerCount` workers.
    ///
    /// - Parameters:
    ///   - unitCount: the number behind that of the last unit.
    ///   - firstUnit: the number of the first one.
    ///   - unitsPerBatch: how many are prepared at a time.
    ///   - firstBatch: the batch of `firstUnit`, if it has been prepared already.
    ///   - workerCount: how many workers there are.
    ///   - window: the most units that are claimed and not committed; nil for that of so many workers.
    ///   - makeWorker: called once by each.
    ///   - commit: called with each unit in order, one call at a time, on changing threads.
    package init(
        unitCount: Int64,
        firstUnit: Int64 = 0,
        unitsPerBatch: Int64,
        firstBatch: Worker.Batch? = nil,
        workerCount: Int,
        window: Int? = nil,
        makeWorker: @escaping @Sendable () throws -> Worker,
        commit: @escaping @Sendable (Worker.Product) throws -> Void
    ) {
        let window = window ?? Self.window(workerCount: workerCount)
        // One batch that units are produced from, and others in the making, as that is a smaller part of the work.
        let batchLimit = 1 + (workerCount + 1) / 2
        var state = PipelineState<Worker.Batch, Worker.Product>(
            unitCount: unitCount,
            firstUnit: firstUnit,
            unitsPerBatch: unitsPerBatch,
            batchLimit: batchLimit,
            window: window
        )
        if let firstBatch, case .prepare(let number, _) = state.claim() {
            state.handIn(batch: firstBatch, number: number)
        }
        shared = Mutex(Shared(state: state))
        self.workerCount = workerCount
        self.makeWorker = makeWorker
        self.commit = commit
    }

    /// Runs until all units are committed.
    ///
    /// - Throws: the first error of a worker or of `commit`; the others stop after the unit that they are at.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<workerCount {
                group.addTask { try await self.work() }
            }
            try await group.waitForAll()
        }
    }

    @concurrent
    private func work() async throws {
        do {
            var worker = try makeWorker()
            while true {
                switch shared.withLock({ $0.state.claim() }) {
                case .prepare(let number, let recycled):
                    let batch = try worker.prepare(number, recycled: recycled)
                    shared.withLock { $0.state.handIn(batch: batch, number: number) }
                    wakeAll()
                case .produce(let unit, let batch, let recycled):
                    let product = try worker.produce(unit, of: batch, recycled: recycled)
                    if shared.withLock({ $0.state.handIn(product, unit: unit) }) { wakeAll() }
                    try commitReady()
                case .wait:
                    await waitForSpace()
                case .stop:
                    return
                }
            }
        } catch {
            shared.withLock { $0.state.fail() }
            wakeAll()
            throw error
        }
    }

    private func commitReady() throws {
        var next = shared.withLock { $0.state.beginCommit() }
        while let product = next.take() {
            try commit(product)
            next = shared.withLock { $0.state.continueCommit(recycling: product) }
            wakeAll()
        }
    }

    private func waitForSpace() async {
        await withCheckedContinuation { continuation in
            let mustWait = shared.withLock { shared in
                // Space may have come between the claim and now.
                guard shared.state.mustWait else { return false }
                shared.waiting.append(continuation)
                return true
            }
            if !mustWait { continuation.resume() }
        }
    }

    private func wakeAll() {
        let waiting = shared.withLock { shared in
            let waiting = shared.waiting
            shared.waiting.removeAll(keepingCapacity: true)
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
