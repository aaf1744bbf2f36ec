/// The text of a stored file, decompressed if its name says that it is compressed, as a window that moves on demand.
final class TextSource {
    private let stream: TextStream
    private var buffer = ByteBuffer()

    /// - Throws: ``FileError`` when the file cannot be opened.
    init(path: String) throws(FileError) {
        stream = try TextStream(path: path, compression: CompressedFormat(path: path))
    }

    /// The text of the window.
    var bytes: [UInt8] { buffer.bytes }

    /// What is wrong with the file as far as it has been read; nil if nothing.
    var problem: String? { stream.problem }

    /// Drops the first `count` bytes of the window and appends what follows it; false at the end of the file.
    func advance(dropping count: Int) throws(FileError) -> Bool {
        buffer.removeFirst(count)
        return try stream.read(into: &buffer)
    }
}
