/// The text of a stored file, decompressed if its name says that it is compressed, as a window that moves on demand.
final class TextSource {
    private let stream: TextStream
    private var buffer = ByteBuffer()
    private var isTooLong = false

    /// Bytes of a row that no dataset has: a quotation mark that is not closed shall not fill the memory.
    private static let rowLimit = 8 << 20

    /// Reads an open file.
    init(_ file: StoredFile) {
        stream = TextStream(file)
    }

    /// The text of the window.
    var bytes: [UInt8] { buffer.bytes }

    /// What is wrong with the file as far as it has been read; nil if nothing.
    var problem: String? { isTooLong ? "a row of it does not end" : stream.problem }

    /// Drops the first `count` bytes of the window and appends what follows it; false at the end of the file.
    func advance(dropping count: Int) throws(FileError) -> Bool {
        buffer.removeFirst(count)
        isTooLong = buffer.count > Self.rowLimit
        if isTooLong { return false }
        return try stream.read(into: &buffer)
    }
}
