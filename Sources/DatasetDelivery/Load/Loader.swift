import DatasetFormats
package import DatasetGen
import Synchronization

/// Delivers the blocks of a plan to a target, in any order, each once.
///
/// Every worker has a connection and two threads: one generates and encodes the next batch while the other sends. A batch is
/// kept until it is durable, so that it can be sent again over another connection.
package final class Loader<Target: DeliveryTarget>: Sendable {
    private struct Shared {
        var done: BlockSet
        var nextBlock: Int64 = 0
        var summary: LoadSummary
        var readingsDone: Int64
        var failure: DeliveryError?
        /// How many blocks were refused, and why the first one was.
        var refused: (count: Int64, reason: String) = (0, "")
    }

    private let target: Target
    private let plan: GenerationPlan
    private let options: LoadOptions
    private let generators: GeneratorPool
    private let pacer: Pacer
    private let shared: Mutex<Shared>
    private let batchSize: BatchSize
    private let blocksPerClaim: Int64
    private let sensorIDs: [String]
    /// Puts readings into the order in which they arrive; nil where they are sent as they were taken.
    private let order: ArrivalOrder<[AnomalyEvent]>?
    /// When it was made.
    private let begin = ContinuousClock.now

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
        sensorIDs = plan.fleet.sensors.map(\.id)
        let blocksPerBatch = (options.batch ?? .usual)
            .blocks(bytesPerReading: target.bytesPerReading, readingsPerBlock: GenerationPlan.rowsPerBlock)
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
    private func claim() -> Range<Int64>? {
        if options.isCancelled() { return nil }
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

    private func missing(in blocks: Range<Int64>) -> [Int64] {
        shared.withLock { shared in blocks.filter { !shared.done.contains($0) } }
    }

    /// Notes that a batch is there, and whether the target may have it twice.
    private func note(_ batch: DeliveryBatch<Target.Encoder.Piece>, isRepeated: Bool) {
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
    private func refuse(_ blocks: [Int64], _ error: DeliveryError) throws(DeliveryError) {
        for block in blocks { options.onRefusal(RefusedBlock(block, of: plan, reason: error.description)) }
        let isTooMany = shared.withLock { shared in
            if shared.refused.count == 0 { shared.refused.reason = error.description }
            shared.refused.count += Int64(blocks.count)
            return shared.refused.count > options.refusalLimit
        }
        if isTooMany { throw error }
    }

    private func fail(_ error: DeliveryError) {
        shared.withLock { $0.failure = $0.failure ?? error }
    }

    /// A connection, and what is on its way to it.
    ///
    /// Unchecked because nothing else guards it: the encoder is the producing thread's, the connection the sending one's.
    private final class Worker: @unchecked Sendable {
        private let loader: Loader
        private var encoder: Target.Encoder
        private var connection: Target.Connection
        private let free = Handoff<DeliveryBatch<Target.Encoder.Piece>>()
        private let ready = Handoff<DeliveryBatch<Target.Encoder.Piece>>()
        private var sensors: [Int32] = []
        private var times: [Int64] = []
        private var arrivals: Arrivals

        init(_ loader: Loader, encoder: Target.Encoder, connection: Target.Connection) {
            (self.loader, self.encoder, self.connection) = (loader, encoder, connection)
            arrivals = Arrivals(loader.plan)
            for _ in 0..<2 { free.put(DeliveryBatch()) }
        }

        /// Generates and encodes batch after batch.
        func produce() {
            var chunk: SharedChunk?
            var waited: Duration = .zero
            defer {
                ready.close()
                loader.shared.withLock { [waited] in $0.summary.waitedForTarget += waited / .seconds(1) }
            }
            while let claim = loader.claim() {
                let generated = loader.generators.chunk(of: claim, recycled: chunk)
                chunk = generated
                var rest = claim
                while !rest.isEmpty {
                    let range = rest.prefix(Int(loader.batchSize.blocks))
                    rest = range.upperBound..<rest.upperBound
                    if let order = loader.order {
                        for block in range {
                            let (readings, events) = arriving(block, of: generated)
                            order.send(readings, events, block: block)
                        }
                    }
                    let blocks = loader.missing(in: range)
                    if blocks.isEmpty { continue }
                    if loader.options.isCancelled() { return }
                    let begin = ContinuousClock.now
                    guard let batch = free.take() else { return }
                    waited += ContinuousClock.now - begin
                    fill(batch, blocks, from: generated)
                    loader.pacer.wait(for: batch.readings, isCancelled: loader.options.isCancelled)
                    ready.put(batch)
                }
            }
        }

        private func fill(
            _ batch: DeliveryBatch<Target.Encoder.Piece>,
            _ blocks: [Int64],
            from chunk: SharedChunk
        ) {
            batch.blocks = blocks
            batch.readings = 0
            batch.rowCounts.removeAll(keepingCapacity: true)
            batch.readingCounts.removeAll(keepingCapacity: true)
            while batch.pieces.count < blocks.count { batch.pieces.append(encoder.makePiece()) }
            for (index, number) in blocks.enumerated() {
                let (readings, events) = loader.order?.take(block: number) ?? arriving(number, of: chunk)
                let block = EncodableBlock(
                    readings: readings,
                    events: EventRows(events, sensorIDs: loader.sensorIDs, of: loader.plan)
                )
                encoder.encode(block, into: batch.pieces[index])
                batch.rowCounts.append(block.readings.rowCount)
                batch.readingCounts.append(Int64(loader.plan.positions(ofBlocks: number..<number + 1).count))
                batch.readings += batch.readingCounts[index]
            }
        }

        /// What arrives of a block's readings, in their order, and the events that begin in it.
        private func arriving(_ block: Int64, of chunk: SharedChunk) -> (ReadingSlice, [AnomalyEvent]) {
            let positions = loader.plan.positions(ofBlocks: block..<block + 1)
            sensors.resize(to: positions.count, filler: 0)
            times.resize(to: positions.count, filler: 0)
            loader.plan.fill(&sensors, &times, at: positions)
            let readings = chunk.chunk.slice(at: positions, sensors: sensors, times: times)
            return (arrivals.arriving(of: readings), chunk.chunk.events(at: positions))
        }

        /// Sends batch after batch.
        func send() {
            var waited: Duration = .zero
            defer {
                free.close(discarding: true)
                loader.shared.withLock { [waited] in $0.summary.waitedForReadings += waited / .seconds(1) }
            }
            while true {
                let begin = ContinuousClock.now
                guard let batch = ready.take() else { return }
                waited += ContinuousClock.now - begin
                do throws(DeliveryError) {
                    do throws(DeliveryError) {
                        try send(batch, isRepeated: false)
                    } catch  where error.isLasting {
                        try separate(batch, error)
                    }
                } catch {
                    loader.fail(error)
                    return
                }
                free.put(batch)
            }
        }

        /// Makes a batch durable, and notes that it is.
        private func send(
            _ batch: DeliveryBatch<Target.Encoder.Piece>,
            isRepeated: Bool
        ) throws(DeliveryError) {
            let begin = ContinuousClock.now
            try loader.target.journal?.begin(batch.blocks)
            let mayBeTwice = try deliver(batch, isRepeated: isRepeated)
            try loader.target.journal?.acknowledge(batch.blocks)
            loader.note(batch, isRepeated: mayBeTwice && loader.target.keepsRepeats)
            let now = ContinuousClock.now
            loader.batchSize.note(now - begin, blocks: batch.blocks.count)
            loader.options.onBatch(
                LoadBatch(
                    readings: batch.readings,
                    end: (now - loader.begin) / .seconds(1),
                    seconds: (now - begin) / .seconds(1)
                )
            )
        }

        /// Sends the blocks of a batch that was refused each by itself, if some may be missing in the end.
        private func separate(
            _ batch: DeliveryBatch<Target.Encoder.Piece>,
            _ error: DeliveryError
        ) throws(DeliveryError) {
            guard loader.options.refusalLimit > 0, batch.blocks.count > 1 else {
                return try loader.refuse(batch.blocks, error)
            }
            for index in batch.blocks.indices {
                let block = batch.block(at: index)
                do throws(DeliveryError) {
                    try send(block, isRepeated: true)
                } catch  where error.isLasting {
                    try loader.refuse(block.blocks, error)
                }
            }
        }

        /// Delivers a batch, over other connections if need be.
        ///
        /// - Returns: whether some of it may have been there before.
        private func deliver(
            _ batch: DeliveryBatch<Target.Encoder.Piece>,
            isRepeated: Bool
        ) throws(DeliveryError) -> Bool {
            let isUncertain =
                isRepeated || batch.blocks.contains { loader.target.journal?.isUncertain($0) ?? false }
            var error: DeliveryError
            do throws(DeliveryError) {
                try connection.deliver(batch, isRepeated: isUncertain)
                return isUncertain
            } catch let first { error = first }
            let deadline = ContinuousClock.now + loader.options.patience
            var pause = Duration.milliseconds(50)
            while error.kind == .transient, ContinuousClock.now < deadline, !loader.options.isCancelled() {
                loader.shared.withLock { $0.summary.retries += 1 }
                loader.options.onTrouble(error.description)
                // Workers that were sent away together do not come back together.
                let wait = max(pause * Double.random(in: 0.5...1), .seconds(min(error.pause ?? 0, 30)))
                Pacer.sleep(until: ContinuousClock.now + wait, isCancelled: loader.options.isCancelled)
                pause = min(pause * 2, .seconds(5))
                do throws(DeliveryError) {
                    connection = try loader.target.connect()
                    try connection.deliver(batch, isRepeated: true)
                    return true
                } catch let next { error = next }
            }
            throw error
        }
    }
}
