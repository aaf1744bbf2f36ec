#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file operation that failed: what was tried, on what, and the system's reason.
public struct FileError: Error, Hashable, CustomStringConvertible {
    /// What was tried.
    public enum Operation: String, Sendable {
        /// Making a file or a folder.
        case create
        /// Opening a file to read it.
        case open
        /// Reading.
        case read
        /// Writing.
        case write
        /// Waiting until bytes are on the disk.
        case flush
        /// Giving the finished dataset its name.
        case rename
        /// Removing what is replaced or left over.
        case remove
        /// Claiming a folder for this process.
        case lock
    }

    /// What was tried.
    public let operation: Operation
    /// The file or folder.
    public let path: String
    /// Why it failed.
    public let reason: String
    /// Whether there was no memory for it, which says nothing of the file.
    public let isOutOfMemory: Bool
    /// Whether it is of an interrupted run that is not as it was left, so that no run goes on from there.
    package let isOfChangedRun: Bool
    /// Whether an output exists already or cannot be created, as against failing later.
    public var isCreation: Bool { operation == .create || operation == .lock }

    /// A failure with a reason in words.
    init(_ operation: Operation, _ path: String, reason: String, isOfChangedRun: Bool = false) {
        self.operation = operation
        self.path = path
        self.reason = reason
        self.isOfChangedRun = isOfChangedRun
        isOutOfMemory = false
    }

    /// A failure with the reason that the system has just given.
    init(_ operation: Operation, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        reason = unsafe String(cString: strerror(code))
        isOutOfMemory = code == ENOMEM
        isOfChangedRun = false
    }

    /// A file that there is no memory to read for.
    package init(outOfMemoryReading path: String) { self.init(.read, path, code: ENOMEM) }

    /// One line: `cannot write datasets/x.partial/readings.csv.gz: No space left on device`.
    public var description: String { "cannot \(operation.rawValue) \(path): \(reason)" }
}
