import Synchronization

/// Where the blocks of row groups meet: what waits for others, what is encoded and not yet written, and memory to use again.
package final class RowGroupDesk: Sendable {
    private struct Shared {
        /// By number: the blocks that are there, by their place in the group.
        var waiting: [Int64: [WaitingRows?]] = [:]
        var encoded: [Int64: EncodedRowGroup] = [:]
        var rows: [WaitingRows] = []
        var groups: [EncodedRowGroup] = []
    }

    private let shared = Mutex(Shared())
    private let blockCount: Int64
    /// Blocks of a row group.
    package let blocksPerGroup: Int64

    /// - Parameters:
    ///   - blockCount: the number behind that of the last block.
    ///   - blocksPerGroup: blocks of a row group, the last one aside.
    package init(blockCount: Int64, blocksPerGroup: Int64) {
        (self.blockCount, self.blocksPerGroup) = (blockCount, blocksPerGroup)
    }

    /// The row group that is complete when a block is committed; nil where others of it follow.
    func groupCompleted(byCommitOf block: Int64) -> Int64? {
        (block + 1) % blocksPerGroup == 0 || block + 1 == blockCount ? block / blocksPerGroup : nil
    }

    /// Memory for the rows of a block.
    func takeRows() -> WaitingRows { shared.withLock { $0.rows.popLast() } ?? WaitingRows() }

    /// Brings a block.
    ///
    /// - Returns: all blocks of its group if it was the last one to come, and what to encode them into.
    func put(_ rows: WaitingRows, block: Int64) -> (number: Int64, blocks: [WaitingRows], group: EncodedRowGroup)? {
        let (number, place) = (block / blocksPerGroup, Int(block % blocksPerGroup))
        let size = Int(min(blocksPerGroup, blockCount - number * blocksPerGroup))
        return shared.withLock { shared in
            shared.waiting[number, default: Array(repeating: nil, count: size)][place] = rows
            let blocks = shared.waiting[number]?.compactMap { $0 } ?? []
            guard blocks.count == size else { return nil }
            shared.waiting[number] = nil
            return (number, blocks, shared.groups.popLast() ?? EncodedRowGroup())
        }
    }

    /// Takes back the memory of blocks that are encoded.
    func recycle(_ rows: [WaitingRows]) { shared.withLock { $0.rows += rows } }

    /// Brings a row group.
    func put(_ group: EncodedRowGroup, number: Int64) { shared.withLock { $0.encoded[number] = group } }

    /// Takes a row group, all of whose blocks have been produced, to write it.
    package func take(_ number: Int64) -> EncodedRowGroup {
        guard let group = shared.withLock({ $0.encoded.removeValue(forKey: number) }) else {
            preconditionFailure("a row group is written before its blocks are encoded")
        }
        return group
    }

    /// Takes back the memory of a row group that is written.
    package func recycle(_ group: EncodedRowGroup) { shared.withLock { $0.groups.append(group) } }
}
