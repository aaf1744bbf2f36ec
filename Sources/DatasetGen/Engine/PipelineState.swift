/// Who does what next in an ordered pipeline: a state machine without threads or locks.
///
/// Numbered units come in batches of as many each. Workers prepare batches, and produce their units from them: in any
/// order, each unit once its batch is ready. A worker that hands in the unit whose turn it is commits it and its
/// successors that are there already. At most `window` units are claimed and not yet committed, and at most `batchLimit`
/// batches are there, so that memory does not grow with the number of units.
package struct PipelineState<Batch, Product> {
    /// What a worker that asks for work is to do.
    package enum Claim {
        /// Prepare this batch, in the storage of an earlier one if there is any.
        case prepare(Int64, recycled: Batch?)
        /// Produce this unit of its batch, into the storage of a committed one if there is any.
        case produce(Int64, of: Batch, recycled: Product?)
        /// Ask again once woken.
        case wait
        /// Stop: there is nothing left, or another worker has failed.
        case stop
    }

    /// A batch that is ready, and how many of its units have not been handed in.
    private struct ReadyBatch {
        let batch: Batch
        var unitsLeft: Int64
    }

    private let unitCount: Int64
    private let unitsPerBatch: Int64
    private let batchLimit: Int
    /// The unit that the pipeline begins with; those before are done.
    private let firstUnit: Int64
    private var nextBatch: Int64
    private var nextToClaim: Int64
    private var nextToCommit: Int64
    /// By number.
    private var batches: [Int64: ReadyBatch] = [:]
    /// Batches that are being prepared.
    private var batchesInWork = 0
    private var recycledBatches: [Batch] = []
    private var ready: [Product?]
    private var recycled: [Product] = []
    private var isCommitting = false
    private var hasFailed = false

    package init(
        unitCount: Int64,
        firstUnit: Int64 = 0,
        unitsPerBatch: Int64,
        batchLimit: Int,
        window: Int
    ) {
        self.unitCount = unitCount
        self.firstUnit = firstUnit
        self.unitsPerBatch = unitsPerBatch
        self.batchLimit = batchLimit
        (nextBatch, nextToClaim, nextToCommit) = (firstUnit / unitsPerBatch, firstUnit, firstUnit)
        ready = (0..<window).map { _ in nil }
    }

    /// Asks for something to do.
    package mutating func claim() -> Claim {
        if hasFailed || nextToClaim == unitCount { return .stop }
        if canPrepare {
            nextBatch += 1
            batchesInWork += 1
            return .prepare(nextBatch - 1, recycled: recycledBatches.popLast())
        }
        guard let batch = nextReadyBatch else { return .wait }
        nextToClaim += 1
        return .produce(nextToClaim - 1, of: batch, recycled: recycled.popLast())
    }

    /// Whether there is work, but none that can be done now.
    package var mustWait: Bool {
        !hasFailed && nextToClaim < unitCount && !canPrepare && nextReadyBatch == nil
    }

    private var canPrepare: Bool {
        nextBatch * unitsPerBatch < unitCount && batchesInWork + batches.count < batchLimit
    }

    /// The batch of the unit that is claimed next; nil if it is not ready or the window is full.
    private var nextReadyBatch: Batch? {
        guard nextToClaim - nextToCommit < Int64(ready.count) else { return nil }
        return batches[nextToClaim / unitsPerBatch]?.batch
    }

    /// Hands in a prepared batch.
    package mutating func handIn(batch: Batch, number: Int64) {
        let (begin, end) = (number * unitsPerBatch, min((number + 1) * unitsPerBatch, unitCount))
        batches[number] = ReadyBatch(batch: batch, unitsLeft: end - max(begin, firstUnit))
        batchesInWork -= 1
    }

    /// Hands in a produced unit.
    ///
    /// - Returns: whether it was the last of its batch, so that there is room for another.
    package mutating func handIn(_ product: Product, unit: Int64) -> Bool {
        ready[Int(unit % Int64(ready.count))] = product
        let number = unit / unitsPerBatch
        batches[number]?.unitsLeft -= 1
        guard let done = batches[number], done.unitsLeft == 0 else { return false }
        batches[number] = nil
        recycledBatches.append(done.batch)
        return true
    }

    /// The unit to commit now; nil if its turn has not come or another worker is committing.
    package mutating func beginCommit() -> Product? {
        guard !isCommitting, !hasFailed else { return nil }
        let product = takeNext()
        isCommitting = product != nil
        return product
    }

    /// Takes back a committed unit's storage and gives the next unit to commit, if it is there.
    package mutating func continueCommit(recycling product: Product) -> Product? {
        recycled.append(product)
        nextToCommit += 1
        let next = hasFailed ? nil : takeNext()
        isCommitting = next != nil
        return next
    }

    /// Makes all workers stop.
    package mutating func fail() {
        hasFailed = true
    }

    private mutating func takeNext() -> Product? {
        let slot = Int(nextToCommit % Int64(ready.count))
        defer { ready[slot] = nil }
        return ready[slot]
    }
}
