/// Reads a gzip file and checks it: structure, CRC-32 and length.
///
/// Checksum and length stand at the end: text that was read before may still turn out to be wrong.
package struct GzipReader {
    private let stream: GzipStream

    /// - Throws: ``FileError`` when the file cannot be opened.
    package init(path: String) throws(FileError) {
        stream = try GzipStream(path: path)
    }

    /// Calls `body` with the text, piece by piece.
    ///
    /// - Returns: nil if the file is one whole and undamaged gzip member, else what is wrong.
    /// - Throws: ``FileError`` when the file cannot be read.
    package func read(_ body: (ArraySlice<UInt8>) -> Void) throws(FileError) -> String? {
        var text = ByteBuffer()
        while try stream.read(into: &text) {
            body(text.bytes[...])
            text.removeAll()
        }
        // What came before the damage was found.
        if text.count > 0 { body(text.bytes[...]) }
        return stream.problem
    }
}
