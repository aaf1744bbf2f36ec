import DatasetGen

/// The blocks of a selection in units, each of which is encoded as one.
struct StreamUnits {
    private let blocks: [Range<Int64>]
    private let blocksPerUnit: Int64
    /// The units before each range of blocks, and all.
    private let starts: [Int64]
    /// Units whose blocks are computed together.
    let unitsPerBatch: Int64

    init(_ selection: ReadingSelection, of plan: GenerationPlan) {
        (blocks, blocksPerUnit) = (selection.blocks, selection.blocksPerUnit)
        var starts: [Int64] = [0]
        for range in blocks { starts.append(starts[starts.count - 1] + (Int64(range.count) - 1) / blocksPerUnit + 1) }
        self.starts = starts
        // What is computed together has to be consecutive.
        unitsPerBatch = blocks.count > 1 ? 1 : max(1, plan.blocksPerChunk / blocksPerUnit)
    }

    /// How many there are.
    var count: Int64 { starts[starts.count - 1] }

    /// The blocks of a unit.
    func blocks(ofUnit unit: Int64) -> Range<Int64> {
        var (low, high) = (0, blocks.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= unit { low = middle } else { high = middle - 1 }
        }
        let first = blocks[low].lowerBound + (unit - starts[low]) * blocksPerUnit
        return first..<min(first + blocksPerUnit, blocks[low].upperBound)
    }

    /// The blocks of a batch of units.
    func blocks(ofBatch batch: Int64) -> Range<Int64> {
        let first = batch * unitsPerBatch
        let last = min(first + unitsPerBatch, count) - 1
        return blocks(ofUnit: first).lowerBound..<blocks(ofUnit: last).upperBound
    }
}
