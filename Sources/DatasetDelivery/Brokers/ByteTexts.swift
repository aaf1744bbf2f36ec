/// Texts as C has them, each ended by a zero, one behind the other: prepared once, and then handed out as pointers.
struct ByteTexts: Sendable {
    private let bytes: [UInt8]
    private let starts: [Int]

    init(_ texts: [String]) {
        var (bytes, starts): ([UInt8], [Int]) = ([], [])
        for text in texts {
            starts.append(bytes.count)
            bytes += text.utf8
            bytes.append(0)
        }
        (self.bytes, self.starts) = (bytes, starts)
    }

    /// A text.
    subscript(_ index: Int) -> String {
        String(decoding: bytes[starts[index]..<starts[index] + byteCount(index)], as: UTF8.self)
    }

    /// The bytes of a text, without its zero.
    func byteCount(_ index: Int) -> Int {
        (index + 1 < starts.count ? starts[index + 1] : bytes.count) - starts[index] - 1
    }

    /// Lends out pointers to all texts, by their numbers.
    func withPointers<Failure: Error>(
        _ body: ((Int) -> UnsafePointer<CChar>) throws(Failure) -> Void
    ) throws(Failure) {
        try unsafe bytes.span.withUnsafeBytes { (buffer) throws(Failure) in
            try unsafe body { index in
                // Where there is a text there is a byte.
                unsafe buffer.baseAddress!.advanced(by: starts[index]).assumingMemoryBound(to: CChar.self)
            }
        }
    }
}
