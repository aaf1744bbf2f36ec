/// Turns blocks into lines that VictoriaMetrics imports, as they are or each block as a gzip member of its own.
///
/// Members one behind the other are the body of a request: RFC 1952, section 2.2, and what Go's readers take.
package struct ImportBlockEncoder: BlockEncoder {
    private var lines: ImportLinesEncoder
    private let compressor: GzipCompressor?
    private var text = ByteBuffer()

    /// - Parameters:
    ///   - lines: what makes the lines.
    ///   - isCompressed: whether blocks are members of gzip.
    package init(_ lines: ImportLinesEncoder, isCompressed: Bool) {
        self.lines = lines
        compressor = isCompressed ? GzipCompressor() : nil
    }

    package func makePiece() -> EncodedRows { EncodedRows() }

    /// A piece's rows are samples.
    package mutating func encode(_ block: borrowing EncodableBlock, into piece: EncodedRows) {
        piece.bytes.removeAll()
        guard let compressor else {
            piece.rowCount = lines.encode(block.readings, into: &piece.bytes)
            return
        }
        text.removeAll()
        piece.rowCount = lines.encode(block.readings, into: &text)
        compressor.compress(text.bytes.span, into: &piece.bytes)
    }
}
