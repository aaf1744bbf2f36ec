/// Reads a gzip file and checks it: structure, CRC-32 and length.
///
/// Checksum and length stand at the end: text that was read before may still turn out to be wrong.
package struct GzipReader {
    private let file: FileReader

    /// - Throws: ``FileError`` when the file cannot be opened.
    package init(path: String) throws(FileError) {
        file = try FileReader(path: path)
    }

    /// Calls `body` with the text, piece by piece.
    ///
    /// - Returns: nil if the file is one whole and undamaged gzip member, else what is wrong.
    /// - Throws: ``FileError`` when the file cannot be read.
    package func read(_ body: (ArraySlice<UInt8>) -> Void) throws(FileError) -> String? {
        let inflater = ISALInflater()
        var text = ByteBuffer()
        var input: [UInt8] = []
        var offset = 0
        while true {
            if offset == input.count {
                input = try file.next()
                offset = 0
                if input.isEmpty { return "it ends in the middle" }
            }
            text.removeAll()
            let outcome = inflater.inflate(input.span, from: &offset, into: &text, atMost: 1 << 20)
            body(text.bytes[...])
            switch outcome {
            case .proceeding: continue
            case .finished:
                if offset == input.count, try file.next().isEmpty { return nil }
                return "there are bytes behind the end"
            case .isNotGzip: return "it is not gzip"
            case .failsChecksum: return "its CRC-32 or its length is wrong"
            case .isCorrupt: return "it is damaged"
            }
        }
    }
}
