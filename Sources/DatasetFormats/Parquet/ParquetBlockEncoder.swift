import DatasetGen
import Synchronization

/// Encodes blocks for a Parquet file: each waits for the others of its row group, and whoever brings the last encodes all.
///
/// So workers encode different groups at a time, and no one waits for another. When the last block of a group is
/// committed, all of them have been produced, so that the group is there.
package struct ParquetBlockEncoder: BlockEncoder {
    private let layout: ParquetLayout
    private let desk: RowGroupDesk
    private var encoder: RowGroupEncoder

    package init(_ layout: ParquetLayout, _ desk: RowGroupDesk) {
        (self.layout, self.desk) = (layout, desk)
        encoder = RowGroupEncoder(layout)
    }

    package func makePiece() -> ParquetPiece { ParquetPiece() }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: ParquetPiece) {
        var rows = desk.takeRows()
        rows.set(block.readings, layout.events, tellsEvents: layout.tellsEvents)
        piece.sampleSize = 0
        guard let index = block.index else {
            let group = EncodedRowGroup()
            encoder.encode([rows], into: group)
            (piece.completed, piece.sampleSize) = (nil, group.bytes.count)
            return desk.recycle([rows])
        }
        piece.completed = desk.groupCompleted(byCommitOf: index)
        guard let (number, blocks, group) = desk.put(rows, block: index) else { return }
        encoder.encode(blocks, into: group)
        desk.recycle(blocks)
        desk.put(group, number: number)
    }
}

/// What the sink of a Parquet file is told of a block.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class ParquetPiece: EncodedPiece, @unchecked Sendable {
    /// The row group that is complete with it; nil where others follow.
    package fileprivate(set) var completed: Int64?
    /// Bytes of its rows, where it is one of a sample.
    fileprivate var sampleSize = 0

    package var byteCount: Int { sampleSize }
}

/// The pages of a row group.
///
/// Unchecked because nothing else guards it: a worker fills it, and the desk hands it on under its lock.
package final class EncodedRowGroup: @unchecked Sendable {
    package internal(set) var bytes = ByteBuffer()
    package internal(set) var rowCount = 0
    /// By the file's columns; none where there is no row.
    package internal(set) var chunks: [ParquetChunk] = []

    init() {}

    func removeAll() {
        bytes.removeAll()
        chunks.removeAll()
        rowCount = 0
    }
}

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
    ///   - blockCount: blocks of the dataset.
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
