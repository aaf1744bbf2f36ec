import DatasetFormats
import DatasetGen
import Synchronization

extension Loader {
    /// A connection, and what is on its way to it.
    ///
    /// Unchecked because nothing else guards it: the encoder is the producing thread's, the connection the sending one's.
    final class Worker: @unchecked Sendable {
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
                    if loader.options.retries.isCancelled() { return }
                    let begin = ContinuousClock.now
                    guard let batch = free.take() else { return }
                    waited += ContinuousClock.now - begin
                    fill(batch, blocks, from: generated)
                    batch.pace = loader.pacer.wait(
                        for: batch.readings,
                        isSpread: loader.target.sendsOneByOne,
                        isCancelled: loader.options.retries.isCancelled
                    )
                    if loader.options.retries.isCancelled() { return }
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
                    events: EventRows(events, of: loader.plan)
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
            var attempts = Attempts(loader.options.retries)
            while true {
                try attempts.wait(after: error)
                loader.shared.withLock { $0.summary.retries += 1 }
                do throws(DeliveryError) {
                    connection = try loader.target.connect()
                    try connection.deliver(batch, isRepeated: true)
                    return true
                } catch let next { error = next }
            }
        }
    }
}
