import DatasetGen

/// Encodes blocks for a Parquet file: each waits for the others of its row group, and whoever brings the last encodes all.
///
/// So workers encode different groups at a time, and no one waits for another. When the last block of a group is
/// committed, all of them have been produced, so that the group is there.
package struct ParquetBlockEncoder: BlockEncoder {
    private let layout: ParquetLayout
    private let desk: RowGroupDesk
    /// Which readings have rows; nil for all.
    private let part: SplitPart?
    private var encoder: RowGroupEncoder

    package init(_ layout: ParquetLayout, _ desk: RowGroupDesk, part: SplitPart? = nil) {
        (self.layout, self.desk, self.part) = (layout, desk, part)
        encoder = RowGroupEncoder(layout)
    }

    package func makePiece() -> ParquetPiece { ParquetPiece() }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: ParquetPiece) {
        var rows = desk.takeRows()
        rows.set(part?.readings(of: block.readings) ?? block.readings, layout.contents)
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
