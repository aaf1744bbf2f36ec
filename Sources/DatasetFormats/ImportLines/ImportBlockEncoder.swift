/// Turns blocks into lines that VictoriaMetrics imports, each block a gzip member of its own.
///
/// Members one behind the other are the body of a request: RFC 1952, section 2.2, and what Go's readers take.
package struct ImportBlockEncoder: BlockEncoder {
    private var lines: ImportLinesEncoder
    private let compressor = GzipCompressor()
    private var text = ByteBuffer()

    /// - Parameter lines: what makes the lines.
    package init(_ lines: ImportLinesEncoder) { self.lines = lines }

    package func makePiece() -> EncodedRows { EncodedRows() }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: EncodedRows) {
        text.removeAll()
        lines.encode(block.readings, into: &text)
        piece.bytes.removeAll()
        compressor.compress(text.bytes.span, into: &piece.bytes)
    }
}
