import Crypto

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file, written from its beginning to its end, with the digest of what was written.
final class OutputFile {
    /// Where it is.
    let path: String
    /// Bytes written.
    private(set) var size: Int64 = 0
    private var hash = SHA256()
    private var writeBehind = WriteBehind()
    private var descriptor: Int32

    /// Creates the file.
    ///
    /// - Throws: ``FileError`` when there is one already or it cannot be created.
    convenience init(creating path: String) throws(FileError) {
        try self.init(path, flags: O_EXCL)
    }

    /// Creates the file, or empties the one that there is.
    ///
    /// - Throws: ``FileError`` when it cannot be created.
    convenience init(overwriting path: String) throws(FileError) {
        try self.init(path, flags: O_TRUNC)
    }

    private init(_ path: String, flags: Int32) throws(FileError) {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o644)
        guard descriptor >= 0 else { throw FileError(.create, path) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Appends bytes.
    func append(_ buffer: borrowing ByteBuffer) throws(FileError) {
        try append(buffer.bytes)
    }

    /// Appends bytes.
    func append(_ bytes: [UInt8]) throws(FileError) {
        try unsafe bytes.span.withUnsafeBytes { bytes throws(FileError) in try unsafe append(bytes) }
    }

    /// Waits until the bytes are on the disk, and closes the file.
    ///
    /// - Returns: the SHA-256 of all bytes.
    func finish() throws(FileError) -> SHA256Text {
        // fsync(2): EINVAL for what has nothing to flush, such as a pipe.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileError(.flush, path) }
        let status = close(descriptor)
        descriptor = -1
        guard status == 0 else { throw FileError(.write, path) }
        return SHA256Text(hash.finalize())
    }

    private func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        unsafe hash.update(bufferPointer: bytes)
        var done = 0
        while done < bytes.count {
            let written = unsafe write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
            if written < 0 {
                if errno == EINTR { continue }
                throw FileError(.write, path)
            }
            done += written
        }
        size += Int64(bytes.count)
        writeBehind.grow(to: size, descriptor: descriptor)
    }
}
