/// Encodes and compresses blocks for one text output.
struct TextProducer {
    private var encoder: any BlockEncoder
    private let compressor: DeflateCompressor?
    private var text = ByteBuffer()
    private var rows = RowMarks()

    /// Nil if the output is not a text.
    init?(_ output: ReadingOutput, _ sensors: [Sensor]) {
        guard let encoder = output.makeEncoder(sensors: sensors) else { return nil }
        self.encoder = encoder
        compressor = output.makeCompressor(of: encoder)
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
        if compressor?.usesRows == true {
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
