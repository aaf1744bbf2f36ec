/// Encodes and compresses blocks for one text output.
struct TextProducer {
    private var encoder: any BlockEncoder
    private let compressor: DeflateCompressor?
    private let usesRows: Bool
    private var text = ByteBuffer()
    private var rows = RowMarks()

    init(_ text: PreparedText) {
        encoder = text.encoder
        compressor = text.level.map { DeflateCompressor(level: $0, layout: text.layout) }
        usesRows = text.level.map(DeflateCompressor.usesRows) == true
    }

    /// The file's header, as if it were a block.
    static func header(_ text: PreparedText) -> EncodedText {
        var producer = TextProducer(text)
        var result = EncodedText()
        producer.text.append(text.encoder.header)
        producer.finish(&result)
        return result
    }

    /// The rows of a block.
    mutating func produce(_ block: borrowing ReadingBlock, into result: inout EncodedText) {
        text.removeAll()
        if usesRows {
            encoder.encode(block, into: &text, marking: &rows)
        } else {
            encoder.encode(block, into: &text)
        }
        finish(&result)
    }

    private mutating func finish(_ result: inout EncodedText) {
        result.bytes.removeAll()
        if let compressor {
            result.checksum = TextChecksum(text)
            compressor.compress(text, rows, into: &result.bytes)
        } else {
            result.checksum = TextChecksum()
            result.checksum.length = text.count
            swap(&result.bytes, &text)
        }
    }
}
