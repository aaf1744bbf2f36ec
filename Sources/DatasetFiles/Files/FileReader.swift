import DatasetFormats

/// Reads a file from its beginning to its end.
package final class FileReader {
    private let file: StoredFile
    private var offset: Int64 = 0

    /// Reads an open file.
    init(_ file: StoredFile) {
        self.file = file
    }

    /// - Throws: ``FileError`` when it cannot be opened.
    convenience init(path: String) throws(FileError) {
        self.init(try StoredFile(path: path))
    }

    /// The next bytes, at most 1 MiB; none at the end.
    func next() throws(FileError) -> [UInt8] {
        var buffer = ByteBuffer()
        try next(into: &buffer, atMost: 1 << 20)
        return buffer.bytes
    }

    /// Replaces what `buffer` holds by the next bytes, at most `limit`; none at the end.
    func next(into buffer: inout ByteBuffer, atMost limit: Int) throws(FileError) {
        buffer.removeAll()
        try unsafe buffer.appendRaw(atMost: limit) { room throws(FileError) in
            try unsafe file.read(into: room, at: offset)
        }
        offset += Int64(buffer.count)
    }

    /// All bytes of a file.
    package static func contents(of path: String) throws(FileError) -> [UInt8] {
        try StoredFile(path: path).contents(limit: .max)
    }
}
