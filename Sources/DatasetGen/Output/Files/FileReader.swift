#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads a file from its beginning to its end.
final class FileReader {
    private let path: String
    private let descriptor: Int32

    /// - Throws: ``FileError`` when it cannot be opened.
    init(path: String) throws(FileError) {
        self.path = path
        descriptor = try StoredFile.descriptor(of: path)
    }

    deinit {
        close(descriptor)
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
            while true {
                let status = unsafe read(descriptor, room.baseAddress, room.count)
                if status >= 0 { return status }
                if errno != EINTR { throw FileError(.read, path) }
            }
        }
    }

    /// All bytes of a file.
    static func contents(of path: String) throws(FileError) -> [UInt8] {
        let stream = try FileReader(path: path)
        var all: [UInt8] = []
        while true {
            let bytes = try stream.next()
            if bytes.isEmpty { return all }
            all += bytes
        }
    }
}
