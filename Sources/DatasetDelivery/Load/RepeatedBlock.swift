import DatasetFormats
import DatasetGen

/// Generates and encodes blocks again of which an earlier attempt has brought nothing, a part, or what was lost.
struct RepeatedBlock<Encoder: BlockEncoder> {
    private let plan: GenerationPlan
    private var encoder: Encoder
    private var generator: BlockGenerator
    private var arrivals: Arrivals
    private var block = GeneratedBlock()

    init(of plan: GenerationPlan, _ encoder: Encoder) {
        (self.plan, self.encoder) = (plan, encoder)
        (generator, arrivals) = (BlockGenerator(plan), Arrivals(plan))
    }

    /// Encodes a block as a batch of its own.
    ///
    /// - Parameters:
    ///   - number: which block.
    ///   - stored: the numbers of its readings that are left out.
    /// - Returns: the batch.
    mutating func encode(_ number: Int64, without stored: Set<Int64> = []) -> DeliveryBatch<Encoder.Piece> {
        generator.generate(block: number, into: &block)
        var readings = arrivals.arriving(of: block.readings.slice)
        if !stored.isEmpty {
            readings = readings.selecting(
                (0..<readings.count).filter { !stored.contains(readings.number(of: $0)) }
            )
        }
        let batch = DeliveryBatch<Encoder.Piece>()
        (batch.blocks, batch.pieces, batch.rowCounts) = ([number], [encoder.makePiece()], [readings.rowCount])
        let events = EventRows(block.events, of: plan)
        encoder.encode(EncodableBlock(readings: readings, events: events), into: batch.pieces[0])
        return batch
    }
}
