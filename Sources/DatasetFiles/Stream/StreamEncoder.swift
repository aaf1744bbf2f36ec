import DatasetFormats
import DatasetGen

/// Encodes blocks as rows that run on one behind the other, never compressed: a pipe has no name that would tell.
struct StreamEncoder: BlockEncoder {
    private var rows: any RowEncoder

    init(_ rows: any RowEncoder) {
        self.rows = rows
    }

    func makePiece() -> EncodedText { EncodedText() }

    mutating func encode(_ block: borrowing EncodableBlock, into piece: EncodedText) {
        piece.bytes.removeAll()
        rows.encode(block.readings, into: &piece.bytes)
    }
}
