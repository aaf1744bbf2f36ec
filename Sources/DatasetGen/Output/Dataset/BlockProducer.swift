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

    mutating func prepare(_ batch: Int64, recycled: GeneratedChunk?) -> GeneratedChunk {
        let chunk = recycled ?? GeneratedChunk()
        generator.generate(blocks: plan.blocks(ofChunk: batch, blocksPerChunk: blocksPerChunk), into: chunk)
        return chunk
    }

    mutating func produce(_ unit: Int64, of chunk: GeneratedChunk, recycled: EncodedBlock?) -> EncodedBlock {
        let result = recycled ?? EncodedBlock(textCount: encoders.count, pageLayout: pageLayout)
        chunk.copy(block: unit, of: plan, into: &block)
        result.readingCount = block.readings.count
        result.statistics = unit == chunk.blocks.lowerBound ? chunk.statistics : nil
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
