/// Compresses one text after the other as raw deflate data (RFC 1951); the state of one worker.
protocol Deflater: AnyObject {
    /// Appends `text` compressed: whole deflate blocks without reference to earlier text, none of them final, ended by
    /// an empty stored block, so that the output is whole bytes and more deflate data may follow.
    func deflate(_ text: Span<UInt8>, into buffer: inout ByteBuffer)
}
