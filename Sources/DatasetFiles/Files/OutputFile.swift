import DatasetFormats
import DatasetGen

/// A file, written from its beginning to its end, with the digest of what was written.
final class OutputFile {
    /// Bytes written.
    private(set) var size: Int64 = 0
    private var hash = SHA256()
    private var writeBehind = WriteBehind()
    private let file: OpenFile

    /// Creates the file.
    ///
    /// - Throws: ``FileError`` when there is one already or it cannot be created.
    init(creating path: String, in fileSystem: FileSystem) throws(FileError) {
        file = try fileSystem.open(path, .creating)
    }

    /// Goes on with a file of an interrupted run, and cuts off what it has beyond.
    ///
    /// - Throws: ``FileError`` when it cannot be read, or does not begin as that run has left it.
    init(resuming path: String, from state: inout StateReader, in fileSystem: FileSystem) throws(FileError) {
        let (end, sha256): (Int64, [UInt8])
        do throws(StateError) {
            (end, sha256) = (try state.next(), try state.next())
        } catch { throw FileError(changed: path) }
        file = try fileSystem.open(path, .existing)
        while size < end {
            // Pieces that stay in the processor's cache between reading and hashing.
            let piece = try file.bytes(at: Int(size), count: Int(min(1 << 18, end - size)))
            if piece.isEmpty { break }
            unsafe piece.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
            size += Int64(piece.count)
        }
        guard size == end, Array(digest) == sha256 else { throw FileError(changed: path) }
        try file.cut(to: size)
    }

    /// Appends how far the file has come.
    func store(in state: inout StateWriter) {
        state.append(size)
        state.append(Array(digest))
    }

    /// The SHA-256 of the bytes written so far.
    var digest: SHA256Digest { hash.finalize() }

    /// Where it is.
    var path: String { file.path }

    /// Makes the bytes written so far safe.
    var flusher: FileFlusher { file.flusher }

    /// Appends bytes.
    func append(_ buffer: borrowing ByteBuffer) throws(FileError) {
        try append(buffer.bytes)
    }

    /// Appends bytes.
    func append(_ bytes: [UInt8]) throws(FileError) {
        try unsafe bytes.span.withUnsafeBytes { bytes throws(FileError) in
            unsafe hash.update(bufferPointer: bytes)
            try unsafe file.write(bytes)
        }
        size += Int64(bytes.count)
        writeBehind.grow(to: size, descriptor: file.descriptor)
    }

    /// Waits until the bytes are on the disk, and closes the file.
    ///
    /// - Returns: the SHA-256 of all bytes.
    func finish() throws(FileError) -> SHA256Text {
        try file.flush()
        try file.close()
        return SHA256Text(digest)
    }
}
