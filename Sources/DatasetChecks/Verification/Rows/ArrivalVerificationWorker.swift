import DatasetFormats
import DatasetGen

/// Generates blocks, and makes of what arrives of them, in the order of arrival, what the files are compared with; the scratch
/// memory of one worker.
struct ArrivalVerificationWorker: PipelineWorker {
    private let plan: GenerationPlan
    private let generators: GeneratorPool
    private let order: ArrivalOrder<BlockDigester.Companion>
    /// Units from a block's being sent to its being compared.
    private let lag: Int64
    private var digester: BlockDigester
    private var generated = GeneratedBlock()
    private var eventLines: EventsEncoder

    init(
        _ plan: GenerationPlan,
        generators: GeneratorPool,
        encoders: [any RowEncoder],
        order: ArrivalOrder<BlockDigester.Companion>,
        lag: Int64
    ) {
        self.plan = plan
        self.generators = generators
        (self.order, self.lag) = (order, lag)
        digester = BlockDigester(plan, encoders: encoders)
        eventLines = EventsEncoder(.events(plan.recipe.eventTimestamps, of: plan.recipe, EventTexts(plan)))
    }

    mutating func prepare(_ batch: Int64, recycled: SharedChunk?) -> SharedChunk {
        // Behind the last block there is nothing to generate, only to compare.
        guard batch * plan.blocksPerChunk < plan.blockCount else { return recycled ?? SharedChunk() }
        return generators.chunk(of: plan.blocks(ofChunk: batch), recycled: recycled)
    }

    mutating func produce(_ unit: Int64, of batch: SharedChunk, recycled: CheckedBlock?) -> CheckedBlock {
        if unit < plan.blockCount {
            batch.chunk.copy(block: unit, of: plan, into: &generated)
            let (rows, companion) = digester.send(generated)
            order.send(rows, companion, block: unit)
        }
        let product = recycled ?? CheckedBlock()
        product.problems.removeAll()
        product.tableProblems.removeAll()
        product.isEmpty = unit < lag
        if product.isEmpty { return product }
        let (rows, companion) = order.take(block: unit - lag)
        digester.complete(product, rows, companion)
        eventLines.encode(EventRows(companion.events, of: plan), into: product.eventLines)
        return product
    }
}
