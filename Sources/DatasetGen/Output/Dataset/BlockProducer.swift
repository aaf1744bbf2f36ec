/// Generates and encodes blocks; the scratch memory of one worker.
struct BlockProducer: PipelineWorker {
    private let plan: GenerationPlan
    private let blocksPerChunk: Int64
    private var generator: ChunkGenerator
    private var block = GeneratedBlock()
    private var encoders: [TextProducer]
    private var pageEncoder: SQLiteReadingsEncoder?
    private let pageLayout: SQLitePageLayout
    private let sensorIDs: [String]

    init(_ plan: GenerationPlan, _ encoding: DatasetEncoding, blocksPerChunk: Int64, rowsPerPass: Int64?) {
        self.plan = plan
        self.blocksPerChunk = blocksPerChunk
        sensorIDs = plan.fleet.sensors.map(\.id)
        generator = ChunkGenerator(plan, rowsPerPass: rowsPerPass)
        encoders = encoding.texts.map { TextProducer($0) }
        pageEncoder = encoding.pages
        pageLayout = encoding.pageLayout
    }

    mutating func prepare(_ batch: Int64, recycled: SharedChunk?) -> SharedChunk {
        let shared = recycled ?? SharedChunk()
        shared.generate(plan.blocks(ofChunk: batch, blocksPerChunk: blocksPerChunk), with: &generator)
        return shared
    }

    mutating func produce(_ unit: Int64, of batch: SharedChunk, recycled: EncodedBlock?) -> EncodedBlock {
        let result = recycled ?? EncodedBlock(textCount: encoders.count, pageLayout: pageLayout)
        batch.chunk.copy(block: unit, of: plan, into: &block)
        result.statistics = unit == batch.chunk.blocks.lowerBound ? batch.chunk.statistics : nil
        result.digest = ContentDigest.digest(of: block.readings)
        for index in encoders.indices {
            encoders[index].produce(block.readings, into: &result.texts[index])
        }
        pageEncoder?.encode(block.readings, into: &result.pages)
        result.events.set(
            block.events,
            sensorIDs: sensorIDs,
            grid: plan.recipe.grid,
            rows: plan.rows,
            includingRecords: pageEncoder != nil
        )
        return result
    }
}

/// A chunk that several workers encode.
///
/// Unchecked because nothing else guards it: one worker has it while it is filled, and afterwards it is only read.
final class SharedChunk: @unchecked Sendable {
    private(set) var chunk = GeneratedChunk()

    /// Replaces the blocks; the others must not look at them meanwhile.
    func generate(_ blocks: Range<Int64>, with generator: inout ChunkGenerator) {
        // Moved out and back: in its place, every access would be checked.
        var chunk = GeneratedChunk()
        swap(&chunk, &self.chunk)
        generator.generate(blocks: blocks, into: &chunk)
        swap(&chunk, &self.chunk)
    }
}
