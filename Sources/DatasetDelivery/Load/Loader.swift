import DatasetFormats
package import DatasetGen
import Synchronization

/// Delivers the blocks of a plan to a target, in any order, each once.
///
/// Every worker has a connection and two threads: one generates and encodes the next batch while the other sends. A batch is
/// kept until it is durable, so that it can be sent again over another connection.
package final class Loader<Target: DeliveryTarget>: Sendable {
    struct Shared {
        var done: BlockSet
        var nextBlock: Int64 = 0
        var summary: LoadSummary
        var readingsDone: Int64
        var failure: DeliveryError?
        /// How many blocks were refused, and why the first one was.
        var refused: (count: Int64, reason: String) = (0, "")
    }

    let target: Target
    let plan: GenerationPlan
    let options: LoadOptions
    let generators: GeneratorPool
    let pacer: Pacer
    let shared: Mutex<Shared>
    let batchSize: BatchSize
    private let blocksPerClaim: Int64
    /// Puts readings into the order in which they arrive; nil where they are sent as they were taken.
    let order: ArrivalOrder<[AnomalyEvent]>?
    /// When it was made.
    let begin = ContinuousClock.now

    /// A loader of a plan's blocks.
    ///
    /// - Parameters:
    ///   - plan: what is delivered.
    ///   - target: where to; it is prepared.
    ///   - done: the blocks that are there already.
    ///   - options: how.
    package init(_ plan: GenerationPlan, to target: Target, done: BlockSet, options: LoadOptions) {
        let plan = target.orderedPlan ?? plan
        (self.plan, self.target, self.options) = (plan, target, options)
        generators = GeneratorPool(plan)
        pacer = Pacer(rate: options.rate)
        let most = (options.batch ?? .usual)
            .blocks(bytesPerReading: target.bytesPerReading, readingsPerBlock: GenerationPlan.rowsPerBlock)
        let blocksPerBatch = min(
            most,
            options.rate.map { BatchLimit.blocks(ofRate: $0, readingsPerBlock: GenerationPlan.rowsPerBlock) } ?? most
        )
        batchSize = BatchSize(atMost: blocksPerBatch, longest: options.batchDuration)
        blocksPerClaim = max(1, plan.blocksPerChunk / blocksPerBatch) * blocksPerBatch
        var earlier: Int64 = 0
        for block in 0..<plan.blockCount where done.contains(block) {
            earlier += Int64(plan.positions(ofBlocks: block..<block + 1).count)
        }
        var summary = LoadSummary()
        (summary.readings, summary.earlier) = (plan.rows.count, earlier)
        var state = Shared(done: done, summary: summary, readingsDone: earlier)
        if plan.isInOrderOfArrival {
            let first = (0..<plan.blockCount).first { !done.contains($0) } ?? plan.blockCount
            let order = ArrivalOrder<[AnomalyEvent]>(plan, from: first)
            state.nextBlock = order.firstSent / blocksPerClaim * blocksPerClaim
            self.order = order
        } else {
            order = nil
        }
        shared = Mutex(state)
    }

    /// Delivers all blocks that are not there.
    ///
    /// - Throws: ``DeliveryError``, ``LoadCancelled``. What is durable then stays, and is not sent again by the next run.
    package func run() async throws -> LoadSummary {
        // Over several connections nothing is in an order.
        let limit = order == nil ? target.connectionLimit ?? .max : 1
        let workers = try (0..<min(options.workerCount, limit))
            .map { _ in Worker(self, encoder: try target.makeEncoder(), connection: try target.connect()) }
        await withTaskGroup(of: Void.self) { group in
            for (number, worker) in workers.enumerated() {
                group.addTask { await onThread("produce \(number)") { worker.produce() } }
                group.addTask { await onThread("send \(number)") { worker.send() } }
            }
        }
        let (done, failure) = shared.withLock { ($0, $0.failure) }
        if let failure { throw failure }
        if done.done.count + done.refused.count < plan.blockCount {
            throw LoadCancelled(readingsDone: done.readingsDone)
        }
        if done.refused.count > 0 {
            throw DeliveryError(
                .refused,
                "\(done.refused.count) of \(plan.blockCount) blocks were refused; the first: \(done.refused.reason)"
            )
        }
        var summary = done.summary
        summary.seconds = (ContinuousClock.now - begin) / .seconds(1)
        summary.lateness = pacer.greatestLateness
        summary.batchReadings = batchSize.blocks * GenerationPlan.rowsPerBlock
        summary.possibleDuplicates += target.possibleDuplicates
        return summary
    }

    /// The next blocks to generate together; nil when there are none, or no more shall be.
    func claim() -> Range<Int64>? {
        if options.retries.isCancelled() { return nil }
        return shared.withLock { shared in
            while shared.failure == nil, shared.nextBlock < plan.blockCount {
                let first = shared.nextBlock
                shared.nextBlock = min(plan.blockCount, first + blocksPerClaim)
                let range = first..<shared.nextBlock
                // What is there already may arrive in a block that is not.
                if order != nil || range.contains(where: { !shared.done.contains($0) }) { return range }
            }
            return nil
        }
    }

    func missing(in blocks: Range<Int64>) -> [Int64] {
        shared.withLock { shared in blocks.filter { !shared.done.contains($0) } }
    }

    /// Notes that a batch is there, and whether the target may have it twice.
    func note(_ batch: DeliveryBatch<Target.Encoder.Piece>, isRepeated: Bool) {
        let progress = shared.withLock { shared in
            for block in batch.blocks { shared.done.insert(block) }
            shared.summary.delivered += batch.readings
            shared.summary.rows += batch.rowCounts.reduce(0) { $0 + Int64($1) }
            if isRepeated { shared.summary.possibleDuplicates += batch.readings }
            shared.summary.bytes += Int64(batch.byteCount)
            shared.readingsDone += batch.readings
            return LoadProgress(
                readingsDone: shared.readingsDone,
                readingsTotal: plan.rows.count,
                bytesSent: shared.summary.bytes
            )
        }
        options.onProgress(progress)
    }

    /// Takes note of blocks that were refused.
    ///
    /// - Throws: why, when they are more than may be.
    func refuse(_ blocks: [Int64], _ error: DeliveryError) throws(DeliveryError) {
        for block in blocks { options.onRefusal(RefusedBlock(block, of: plan, reason: error.description)) }
        let isTooMany = shared.withLock { shared in
            if shared.refused.count == 0 { shared.refused.reason = error.description }
            shared.refused.count += Int64(blocks.count)
            return shared.refused.count > options.refusalLimit
        }
        if isTooMany { throw error }
    }

    func fail(_ error: DeliveryError) {
        shared.withLock { $0.failure = $0.failure ?? error }
    }
}
