/// Reads the text of a file, compressed or not, from beginning to end, and checks a compressed one.
///
/// Checksums stand behind what they are of: text that was read before may still turn out to be wrong.
package struct TextReader {
    private let stream: TextStream

    /// Opens a file; without a compression its bytes are the text.
    ///
    /// - Throws: ``FileError`` when the file cannot be opened.
    package init(path: String, compression: CompressedFormat?) throws(FileError) {
        stream = TextStream(try StoredFile(path: path), compression: compression)
    }

    /// Calls `body` with the text, piece by piece.
    ///
    /// - Returns: nil if the file is whole and undamaged, else what is wrong.
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
