/// The text of a gzip file, piece by piece, on demand; it checks structure, CRC-32 and length.
///
/// Checksum and length stand at the end: text that was read before may still turn out to be wrong.
final class GzipStream {
    private let file: FileReader
    private let inflater = ISALInflater()
    private var input: [UInt8] = []
    private var offset = 0
    private var isAtEnd = false
    /// What is wrong with the file as far as it has been read; nil if nothing.
    private(set) var problem: String?

    /// - Throws: ``FileError`` when the file cannot be opened.
    init(path: String) throws(FileError) {
        file = try FileReader(path: path)
    }

    /// Appends the next piece of text, at most 1 MiB; false at the end, be it right or wrong.
    func read(into text: inout ByteBuffer) throws(FileError) -> Bool {
        if isAtEnd { return false }
        if offset == input.count {
            input = try file.next()
            offset = 0
            if input.isEmpty { return end("it ends in the middle") }
        }
        switch inflater.inflate(input.span, from: &offset, into: &text, atMost: 1 << 20) {
        case .proceeding: return true
        case .finished:
            let rest = offset < input.count ? input.count - offset : try file.next().count
            _ = end(rest == 0 ? nil : "there are bytes behind the end")
            return true
        case .isNotGzip: return end("it is not gzip")
        case .failsChecksum: return end("its CRC-32 or its length is wrong")
        case .isCorrupt: return end("it is damaged")
        }
    }

    private func end(_ problem: String?) -> Bool {
        isAtEnd = true
        self.problem = problem
        return false
    }
}
