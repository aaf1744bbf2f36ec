import DatasetFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file that is open for writing: whole writes, typed errors, closed at the latest when it is let go.
package final class OpenFile {
    /// How a file is opened.
    package enum Mode {
        /// It must not exist.
        case creating
        /// It is emptied if it is a file, and need not be one.
        case overwriting
        /// It must exist, may be read too, and may be a link.
        case replacing
        /// It must exist, and may be read too.
        case existing
        /// It is made unless it exists.
        case claiming
        /// It is a folder, whose names can be flushed.
        case folder
    }

    /// Where it is.
    let path: String
    private let calls: any FileCalls
    private(set) var descriptor: Int32
    private var isClaimed = false

    /// Opens the file; a link is followed only where it is overwritten or replaced.
    ///
    /// - Throws: ``FileError``.
    init(_ path: String, _ mode: Mode, calls: any FileCalls) throws(FileError) {
        self.path = path
        self.calls = calls
        let flags =
            switch mode {
            case .creating: O_WRONLY | O_CREAT | O_EXCL
            case .overwriting: O_WRONLY | O_CREAT | O_TRUNC
            case .replacing: O_RDWR
            case .existing: O_RDWR | O_NOFOLLOW
            case .claiming: O_RDWR | O_CREAT | O_NOFOLLOW
            case .folder: O_RDONLY | O_DIRECTORY
            }
        // Who else may read and write it is for the umask to decide.
        descriptor = calls.retrying { $0.open(path, flags | O_CLOEXEC, 0o666) }
        let mustExist = mode == .existing || mode == .folder
        guard descriptor >= 0 else { throw FileError(mustExist ? .open : .create, path) }
    }

    deinit {
        giveBack()
        if descriptor >= 0 { _ = calls.close(descriptor) }
    }

    /// Writes all bytes where the last write has ended.
    func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        try unsafe writeAll(bytes) { rest, _ in unsafe calls.write(descriptor, rest) }
    }

    /// Writes all bytes where the last write has ended.
    package func write(_ bytes: [UInt8]) throws(FileError) {
        try unsafe bytes.span.withUnsafeBytes { bytes throws(FileError) in try unsafe write(bytes) }
    }

    /// Writes all bytes from `offset` on.
    func write(_ bytes: [UInt8], at offset: Int) throws(FileError) {
        try unsafe bytes.span.withUnsafeBytes { bytes throws(FileError) in try unsafe write(bytes, at: offset) }
    }

    /// Writes all bytes from `offset` on.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        try unsafe writeAll(bytes) { rest, done in unsafe calls.write(descriptor, rest, at: offset + done) }
    }

    /// Bytes of the file from `offset` on, at most `count`; none at its end.
    func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        var buffer = ByteBuffer()
        try unsafe buffer.appendRaw(atMost: count) { room throws(FileError) in
            let status = calls.retrying { calls in
                unsafe calls.read(descriptor, UnsafeMutableRawBufferPointer(room), at: offset)
            }
            guard status >= 0 else { throw FileError(.read, path) }
            return status
        }
        return buffer.bytes
    }

    /// Claims the file for this process, until it is closed or the process ends.
    ///
    /// - Throws: ``FileError`` when another process has it.
    package func claim() throws(FileError) {
        guard try tryToClaim() else { throw FileError(.lock, path, reason: "another run has it") }
    }

    /// Claims the file for this process, as ``claim()`` does.
    ///
    /// - Returns: false if another process has it.
    /// - Throws: ``FileError`` where files cannot be claimed.
    func tryToClaim() throws(FileError) -> Bool {
        isClaimed = flock(descriptor, LOCK_EX | LOCK_NB) == 0
        guard isClaimed || errno == EWOULDBLOCK else { throw FileError(.lock, path) }
        return isClaimed
    }

    /// Ends the claim, if there is one, whoever has a copy of the descriptor.
    ///
    /// A program that this process is starting has one until it is loaded, and closing alone would leave it the lock.
    private func giveBack() {
        if isClaimed { _ = flock(descriptor, LOCK_UN) }
        isClaimed = false
    }

    /// Cuts the file off, and goes on behind what is left.
    package func cut(to size: Int64) throws(FileError) {
        guard calls.retrying({ $0.resize(descriptor, to: Int(size)) }) == 0, lseek(descriptor, 0, SEEK_END) >= 0
        else { throw FileError(.write, path) }
    }

    /// What makes the bytes written so far safe, for another thread; only as long as the file is open.
    var flusher: FileFlusher { FileFlusher(path: path, descriptor: descriptor, calls: calls) }

    /// Waits until the bytes are on the disk.
    package func flush() throws(FileError) { try flusher.flush() }

    /// Closes the file.
    package func close() throws(FileError) {
        giveBack()
        // close(2): "Retrying the close() after a failure return is the wrong thing to do"; EINTR is none for Linux.
        let status = calls.close(descriptor)
        descriptor = -1
        guard status == 0 || errno == EINTR else { throw FileError(.write, path) }
    }

    private func writeAll(
        _ bytes: UnsafeRawBufferPointer,
        _ write: (_ rest: UnsafeRawBufferPointer, _ done: Int) -> Int
    ) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
            let written = calls.retrying { _ in unsafe write(rest, done) }
            guard written >= 0 else { throw FileError(.write, path) }
            // write(2) gives 0 for no regular file of ours; without an end it would be asked forever.
            guard written > 0 else { throw FileError(.write, path, code: EIO) }
            done += written
        }
    }
}

/// Waits until the bytes of an open file are on the disk.
package struct FileFlusher: Sendable {
    let path: String
    let descriptor: Int32
    let calls: any FileCalls

    /// Has the system begin with it, and does not wait.
    func begin() { WriteBehind.begin(descriptor) }

    func flush() throws(FileError) {
        // fsync(2): EINVAL for what has nothing to flush, such as a pipe.
        guard calls.retrying({ $0.flush(descriptor) }) == 0 || errno == EINVAL else { throw FileError(.flush, path) }
    }
}

extension FileCalls {
    /// The result of a call, which is made again as long as a signal interrupts it.
    func retrying<Result: SignedInteger>(_ call: (Self) -> Result) -> Result {
        while true {
            let result = call(self)
            if result >= 0 || errno != EINTR { return result }
        }
    }
}
