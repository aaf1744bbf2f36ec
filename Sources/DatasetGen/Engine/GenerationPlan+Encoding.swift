/// Turns blocks of readings into whatever a program makes of them; each worker has its own.
///
/// ```swift
/// struct HotReadings: ReadingEncoder {
///     mutating func encode(_ readings: borrowing ReadingBlock, events: [AnomalyEvent]) -> Int {
///         readings.metrics[Metric.temperature.rawValue].count { $0 != ReadingBlock.null && $0 > 300 }
///     }
/// }
/// try await plan.encode(with: HotReadings(), workers: 2) { count in print(count) }
/// ```
public protocol ReadingEncoder: Sendable {
    /// What a block is turned into.
    associatedtype Piece: Sendable

    /// Turns a block into a piece, which is what the block says, whichever was encoded before.
    ///
    /// - Parameters:
    ///   - readings: the readings.
    ///   - events: the events whose first reading is among them.
    /// - Returns: what ``GenerationPlan/encode(with:workers:commit:)`` hands on.
    mutating func encode(_ readings: borrowing ReadingBlock, events: [AnomalyEvent]) -> Piece
}

extension GenerationPlan {
    /// Generates and encodes all blocks on several workers, and hands the pieces on in order.
    ///
    /// - Parameters:
    ///   - encoder: what each worker begins with.
    ///   - workers: how many there are, at least 1; their number changes nothing but the speed.
    ///   - commit: called with the piece of each block in order, one call at a time, on changing threads.
    /// - Throws: what `commit` throws; nothing is generated any more then.
    public func encode<Encoder: ReadingEncoder>(
        with encoder: Encoder,
        workers: Int,
        commit: @escaping @Sendable (Encoder.Piece) throws -> Void
    ) async throws {
        let generators = GeneratorPool(self)
        try await OrderedPipeline(
            unitCount: blockCount,
            unitsPerBatch: blocksPerChunk,
            workerCount: max(1, workers),
            makeWorker: { BlockEncoding(plan: self, generators: generators, encoder: encoder) },
            commit: { try commit($0.piece) }
        )
        .run()
    }
}

/// Encodes the blocks of chunks; the scratch memory of one worker.
private struct BlockEncoding<Encoder: ReadingEncoder>: PipelineWorker {
    /// A piece on its way.
    final class Product: Sendable {
        let piece: Encoder.Piece

        init(_ piece: Encoder.Piece) {
            self.piece = piece
        }
    }

    let plan: GenerationPlan
    let generators: GeneratorPool
    var encoder: Encoder
    private var block = GeneratedBlock()

    init(plan: GenerationPlan, generators: GeneratorPool, encoder: Encoder) {
        (self.plan, self.generators, self.encoder) = (plan, generators, encoder)
    }

    mutating func prepare(_ batch: Int64, recycled: SharedChunk?) -> SharedChunk {
        generators.chunk(of: plan.blocks(ofChunk: batch), recycled: recycled)
    }

    mutating func produce(_ unit: Int64, of batch: SharedChunk, recycled: Product?) -> Product {
        batch.chunk.copy(block: unit, of: plan, into: &block)
        return Product(encoder.encode(block.readings, events: block.events))
    }
}
