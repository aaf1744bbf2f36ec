/// The text of a stored file, decompressed if it is gzip, as a window that moves on demand.
final class TextSource {
    private enum Source {
        case plain(FileReader)
        case gzip(GzipStream)
    }

    private let source: Source
    private var buffer = ByteBuffer()

    /// - Throws: ``FileError`` when the file cannot be opened.
    init(path: String) throws(FileError) {
        source = path.hasSuffix(".gz") ? .gzip(try GzipStream(path: path)) : .plain(try FileReader(path: path))
    }

    /// The text of the window.
    var bytes: [UInt8] { buffer.bytes }

    /// What is wrong with the file as far as it has been read; nil if nothing.
    var problem: String? {
        switch source {
        case .plain: nil
        case .gzip(let stream): stream.problem
        }
    }

    /// Drops the first `count` bytes of the window and appends what follows it; false at the end of the file.
    func advance(dropping count: Int) throws(FileError) -> Bool {
        buffer.removeFirst(count)
        switch source {
        case .plain(let reader):
            let piece = try reader.next()
            buffer.append(piece)
            return !piece.isEmpty
        case .gzip(let stream):
            return try stream.read(into: &buffer)
        }
    }
}
