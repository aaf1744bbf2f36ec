import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The file of JSON Lines beside the database.
///
/// Lines are appended before the checkpoint that counts them is committed, and what lies behind the checkpoint is cut off
/// at a restart: the file has every reading once, too.
final class JSONLinesFile {
    private let path: String
    private let descriptor: Int32
    /// The bytes that belong to committed readings.
    private(set) var length: Int64

    /// Opens a file, or makes it, and cuts it to the length that a checkpoint knows; nil leaves it as it is.
    init(_ path: String, length: Int64?) throws(LiveError) {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .jsonLines(path: path, reason: Self.reason()) }
        let end = Int64(lseek(descriptor, 0, SEEK_END))
        self.length = min(length ?? end, end)
        guard ftruncate(descriptor, Int(self.length)) == 0 else {
            close(descriptor)
            throw .jsonLines(path: path, reason: Self.reason())
        }
    }

    deinit {
        close(descriptor)
    }

    /// Writes lines behind the committed ones; they count once ``commit(_:)`` says so.
    func write(_ bytes: [UInt8]) throws(StoreFailure) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, Int(length) + done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw errno == ENOSPC ? .full("\(path): \(Self.reason())") : .unavailable("\(path): \(Self.reason())")
            }
            done += count
        }
    }

    /// Forgets lines that have been written and do not count.
    func rollBack() {
        ftruncate(descriptor, Int(length))
    }

    /// Counts bytes that have been written.
    func commit(_ count: Int) {
        length += Int64(count)
    }

    private static func reason() -> String {
        unsafe String(cString: strerror(errno))
    }
}
