/// The compressor of a text output; the state of one worker.
package enum BlockCompressor {
    /// The blocks of a gzip file.
    case gzip(DeflateCompressor)
    /// The frames of a Zstandard file.
    case zstd(ZstdCompressor)

    /// Appends a block's text compressed, and notes what the file needs to know of the text.
    func compress(_ text: borrowing ByteBuffer, _ rows: borrowing RowMarks, into result: EncodedText) {
        switch self {
        case .gzip(let compressor):
            result.checksum = TextChecksum(text)
            compressor.compress(text, rows, into: &result.bytes)
        case .zstd(let compressor):
            // Each frame has a checksum of its own.
            result.checksum = TextChecksum()
            result.checksum.length = text.count
            compressor.compress(text, into: &result.bytes)
        }
    }
}
