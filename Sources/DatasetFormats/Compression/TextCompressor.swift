/// Compresses texts on their way, each to a gzip file of its own; one thread at a time uses it.
package struct TextCompressor {
    private let compressor = DeflateCompressor(level: 1, layout: nil)

    package init() {}

    /// The gzip file of a text that is given in parts, in parts.
    package func member(_ parts: [[UInt8]]) -> [[UInt8]] {
        let text = ByteBuffer(parts.joined())
        let piece = EncodedText()
        BlockCompressor.gzip(compressor).compress(text, RowMarks(), into: piece)
        var member = GzipMember()
        member.append(piece.checksum)
        return [GzipMember.header, piece.bytes.bytes, member.trailer]
    }
}
