/// Computes single blocks of a plan, in any order; the scratch memory of one worker.
///
/// Whoever wants them one after the other gets them faster from ``ChunkGenerator``.
public struct BlockGenerator {
    private let plan: GenerationPlan
    private var generator: ChunkGenerator
    private var chunk = GeneratedChunk()

    /// A generator of a plan's blocks.
    public init(_ plan: GenerationPlan) {
        self.plan = plan
        generator = ChunkGenerator(plan)
    }

    /// Computes one block into `block`, whose storage is reused.
    public mutating func generate(block index: Int64, into block: inout GeneratedBlock) {
        generator.generate(blocks: index..<index + 1, into: &chunk)
        chunk.copy(block: index, of: plan, into: &block)
        block.statistics = chunk.statistics
    }
}
