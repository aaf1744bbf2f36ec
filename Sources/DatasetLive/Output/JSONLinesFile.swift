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
    let path: String
    private let descriptor: Int32
    /// The bytes that belong to committed readings.
    private(set) var length: Int64
    /// What is not as the last checkpoint has left it; nil if all is.
    private(set) var finding: String?

    /// Opens a file, or makes it, and cuts it to the length that a checkpoint knows; nil leaves it as it is.
    ///
    /// A file that cannot be the one that the checkpoint means is left as it is, too.
    init(_ path: String, length: Int64?) throws(LiveError) {
        self.path = path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .jsonLines(path: path, reason: Self.reason()) }
        self.length = 0
        let end = Int64(lseek(descriptor, 0, SEEK_END))
        guard end >= 0 else {
            close(descriptor)
            throw .jsonLines(path: path, reason: Self.reason())
        }
        self.length = end
        guard let length else { return }
        if length > end {
            finding = "\(path) has \(end) bytes, and had \(length): what is missing is in the database"
            self.length = wholeLines(upTo: end)
        } else if length < end, !isBegunByLines(upTo: length) {
            finding = "\(path) is another file than before: lines are appended to it"
            return
        } else {
            self.length = length
        }
        guard ftruncate(descriptor, Int(self.length)) == 0 else {
            close(descriptor)
            throw .jsonLines(path: path, reason: Self.reason())
        }
    }

    deinit {
        close(descriptor)
    }

    /// What has happened to the file since the last look; nil if nothing has.
    ///
    /// One that has become shorter goes on at its end; one that is gone has to be opened anew.
    func change() -> Change? {
        if !isInPlace { return .gone }
        let end = Int64(lseek(descriptor, 0, SEEK_END))
        guard end >= 0, end < length else { return nil }
        length = wholeLines(upTo: end)
        _ = ftruncate(descriptor, Int(length))
        return .shortened
    }

    private var isInPlace: Bool {
        var status = stat()
        guard unsafe stat(path, &status) != 0 else {
            return FileIdentity(ofPath: path) == FileIdentity(ofDescriptor: descriptor)
        }
        // Where the system does not say, the file is taken to be where it was.
        return errno != ENOENT && errno != ENOTDIR
    }

    /// Whether two are the same file.
    func isSame(as other: JSONLinesFile) -> Bool {
        FileIdentity(ofDescriptor: descriptor) == FileIdentity(ofDescriptor: other.descriptor)
    }

    /// Goes back, or on, to the length that a checkpoint of this run knows.
    func move(to length: Int64) {
        let end = Int64(lseek(descriptor, 0, SEEK_END))
        guard end >= 0 else { return }
        self.length = min(length, end)
        rollBack()
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
                throw StoreFailure(errno, path)
            }
            done += count
        }
    }

    /// Brings what is written to the disk.
    func flush() throws(StoreFailure) {
        // Devices have nothing to flush.
        guard fdatasync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP else { return }
        throw StoreFailure(errno, path)
    }

    /// Forgets lines that have been written and do not count.
    func rollBack() {
        _ = ftruncate(descriptor, Int(length))
    }

    /// Counts bytes that have been written.
    func commit(_ count: Int) {
        length += Int64(count)
    }

    /// The bytes up to the last end of a line before `end`.
    private func wholeLines(upTo end: Int64) -> Int64 {
        var end = end
        while end > 0, byte(at: end - 1) != UInt8(ascii: "\n") { end -= 1 }
        return end
    }

    /// Whether the bytes up to there can be lines of JSON.
    private func isBegunByLines(upTo end: Int64) -> Bool {
        end == 0 || byte(at: 0) == UInt8(ascii: "{") && byte(at: end - 1) == UInt8(ascii: "\n")
    }

    private func byte(at offset: Int64) -> UInt8? {
        var byte: UInt8 = 0
        return unsafe pread(descriptor, &byte, 1, Int(offset)) == 1 ? byte : nil
    }

    private static func reason() -> String {
        unsafe String(cString: strerror(errno))
    }

    /// What can happen to the file.
    enum Change {
        /// The path leads elsewhere.
        case gone
        /// Somebody has cut something off.
        case shortened
    }
}
