import DatasetGen

/// The blocks of a run in chunks that are computed together, of which one begins where the run does.
struct BlockChunks: Sendable {
    /// The blocks that the run writes.
    let blocks: Range<Int64>
    /// Blocks of a chunk, the first and the last of the dataset aside.
    let blocksPerChunk: Int64

    /// What is added to the number of a block to have that of its unit: chunks are batches of units.
    private var offset: Int64 { (blocksPerChunk - blocks.lowerBound % blocksPerChunk) % blocksPerChunk }

    /// The unit of a block.
    func unit(ofBlock block: Int64) -> Int64 { block + offset }

    /// The block of a unit.
    func block(ofUnit unit: Int64) -> Int64 { unit - offset }

    /// The blocks of a batch of units; none behind the last one of the run.
    func blocks(ofBatch batch: Int64) -> Range<Int64> {
        let first = block(ofUnit: batch * blocksPerChunk)
        return (first..<first + blocksPerChunk).clamped(to: 0..<blocks.upperBound)
    }
}
