/// Generates and encodes blocks; the scratch memory of one worker.
struct BlockProducer: PipelineWorker {
    private var generator: BlockGenerator
    private var encoders: [TextProducer]
    private var pageEncoder: SQLiteReadingsEncoder?
    private let pageLayout: SQLitePageLayout
    private let grid: TickGrid
    private let rows: RowGrid
    private let sensorIDs: [String]

    init(_ plan: GenerationPlan, _ encoding: DatasetEncoding, rowsPerChunk: Int64) {
        (grid, rows, sensorIDs) = (plan.recipe.grid, plan.rows, plan.fleet.sensors.map(\.id))
        generator = BlockGenerator(plan, rowsPerChunk: rowsPerChunk)
        encoders = encoding.texts.map { TextProducer($0) }
        pageEncoder = encoding.pages
        pageLayout = encoding.pageLayout
    }

    mutating func produce(_ unit: Int64, recycled: EncodedBlock?) -> EncodedBlock {
        let block = recycled ?? EncodedBlock(textCount: encoders.count, pageLayout: pageLayout)
        generator.generate(block: unit, into: &block.generated)
        block.digest = ContentDigest.digest(of: block.generated.readings)
        for index in encoders.indices {
            encoders[index].produce(block.generated.readings, into: &block.texts[index])
        }
        pageEncoder?.encode(block.generated.readings, into: &block.pages)
        block.events.set(
            block.generated.events,
            sensorIDs: sensorIDs,
            grid: grid,
            rows: rows,
            includingRecords: pageEncoder != nil
        )
        return block
    }
}
