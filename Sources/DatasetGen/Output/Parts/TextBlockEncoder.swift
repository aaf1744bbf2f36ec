/// Encodes blocks as rows of text, and compresses them.
struct TextBlockEncoder<Rows: RowEncoder>: BlockEncoder {
    private var rows: Rows
    private let compressor: BlockCompressor?
    /// Whether the compressor makes use of where the rows' parts lie.
    private let marksRows: Bool
    private var text = ByteBuffer()
    private var marks = RowMarks()

    init(_ part: TextPart<Rows>) {
        rows = part.rows
        compressor = part.output.makeCompressor(part.rows.isMarked ? part.layout : nil)
        marksRows = part.output.compressesRows && part.rows.isMarked
    }

    func makePiece() -> EncodedText { EncodedText() }

    mutating func encode(_ block: borrowing EncodableBlock, into piece: EncodedText) {
        text.removeAll()
        if marksRows {
            rows.encode(block.readings, into: &text, marking: &marks)
        } else {
            rows.encode(block.readings, into: &text)
        }
        finish(piece)
    }

    /// The file's header, as if it were a block.
    mutating func encodeHeader() -> EncodedText {
        let piece = EncodedText()
        text.removeAll()
        text.append(rows.header)
        marks = RowMarks()
        finish(piece)
        return piece
    }

    private mutating func finish(_ piece: EncodedText) {
        piece.bytes.removeAll()
        if let compressor {
            compressor.compress(text, marks, into: piece)
        } else {
            piece.checksum = TextChecksum()
            piece.checksum.length = text.count
            swap(&piece.bytes, &text)
        }
    }
}

/// A block's rows in one text format.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
final class EncodedText: EncodedPiece, @unchecked Sendable {
    /// What goes into the file: compressed if the output is.
    var bytes = ByteBuffer()
    /// Of the text before compression.
    var checksum = TextChecksum()

    var byteCount: Int { bytes.count }
}
