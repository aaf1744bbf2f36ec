/// Encodes the blocks of chunks that it generates or is given; the scratch memory of one worker.
struct BlockProducer: PipelineWorker {
    private let plan: GenerationPlan
    private let blocksPerChunk: Int64
    private let generators: GeneratorPool
    private var block = GeneratedBlock()
    private var encoders: [TextProducer]
    private var pageEncoder: SQLiteReadingsEncoder?
    private let pageLayout: SQLitePageLayout
    private let sensorIDs: [String]
    private let databaseTimestamps: TimestampStyle?

    init(_ plan: GenerationPlan, _ encoding: DatasetEncoding, _ generators: GeneratorPool, blocksPerChunk: Int64) {
        self.plan = plan
        self.blocksPerChunk = blocksPerChunk
        sensorIDs = plan.fleet.sensors.map(\.id)
        databaseTimestamps = plan.recipe.timestamps(of: .sqlite)
        self.generators = generators
        encoders = encoding.texts.map { TextProducer($0) }
        pageEncoder = encoding.pages
        pageLayout = encoding.pageLayout
    }

    mutating func prepare(_ batch: Int64, recycled: SharedChunk?) -> SharedChunk {
        generators.chunk(of: plan.blocks(ofChunk: batch, blocksPerChunk: blocksPerChunk), recycled: recycled)
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
            of: plan,
            records: pageEncoder == nil ? nil : databaseTimestamps
        )
        return result
    }
}
