package import DatasetGen

/// What a run writes of a dataset: all of it, or one of its shards.
package struct RunScope: Sendable {
    /// Which shard; nil for all.
    package let shard: Shard?
    /// The blocks whose readings it has.
    package let blocks: Range<Int64>
    /// The positions of these readings.
    package let positions: Range<Int64>

    /// Of a plan, cut where row groups are.
    package init(_ plan: GenerationPlan, shard: Shard?) {
        self.shard = shard
        blocks = shard.map { plan.blocks(of: $0) } ?? 0..<plan.blockCount
        positions = plan.positions(ofBlocks: blocks)
    }
}

extension GenerationPlan {
    /// The blocks of a shard: whole row groups, where a file has some.
    package func blocks(of shard: Shard) -> Range<Int64> {
        let size = recipe.outputs.filter { $0.format.isColumnar }.map(\.blocksPerGroup).max() ?? 1
        let groups = shard.part(of: (blockCount + size - 1) / size)
        return min(groups.lowerBound * size, blockCount)..<min(groups.upperBound * size, blockCount)
    }
}
