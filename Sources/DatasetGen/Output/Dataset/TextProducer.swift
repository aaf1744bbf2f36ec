/// Encodes and compresses blocks for one text output.
struct TextProducer {
    private var encoder: any BlockEncoder
    private let compressor: BlockCompressor?
    private var text = ByteBuffer()
    private var rows = RowMarks()

    /// Whether the compressor makes use of where the rows' parts lie.
    private let marksRows: Bool

    init(_ encoding: DatasetEncoding.Text) {
        encoder = encoding.encoder
        compressor = encoding.output.makeCompressor(encoding.layout)
        marksRows = encoding.output.compressesRows
    }

    /// The file's header, as if it were a block.
    mutating func produceHeader() -> EncodedText {
        var result = EncodedText()
        text.removeAll()
        text.append(encoder.header)
        rows = RowMarks()
        finish(&result)
        return result
    }

    /// The rows of a block.
    mutating func produce(_ block: borrowing ReadingBlock, into result: inout EncodedText) {
        text.removeAll()
        if marksRows {
            encoder.encode(block, into: &text, marking: &rows)
        } else {
            encoder.encode(block, into: &text)
        }
        finish(&result)
    }

    private mutating func finish(_ result: inout EncodedText) {
        result.bytes.removeAll()
        if let compressor {
            compressor.compress(text, rows, into: &result)
        } else {
            result.checksum = TextChecksum()
            result.checksum.length = text.count
            swap(&result.bytes, &text)
        }
    }
}
