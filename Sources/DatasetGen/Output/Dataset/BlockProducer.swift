/// Generates and encodes blocks; the scratch memory of one worker.
struct BlockProducer: PipelineWorker {
    private var generator: BlockGenerator
    private var encoders: [TextProducer]

    init(_ plan: GenerationPlan, _ texts: [PreparedText], rowsPerChunk: Int64) {
        generator = BlockGenerator(plan, rowsPerChunk: rowsPerChunk)
        encoders = texts.map { TextProducer($0) }
    }

    mutating func produce(_ unit: Int64, recycled: EncodedBlock?) -> EncodedBlock {
        let block = recycled ?? EncodedBlock(textCount: encoders.count)
        generator.generate(block: unit, into: &block.generated)
        block.digest = ContentDigest.digest(of: block.generated.readings)
        for index in encoders.indices {
            encoders[index].produce(block.generated.readings, into: &block.texts[index])
        }
        return block
    }
}
