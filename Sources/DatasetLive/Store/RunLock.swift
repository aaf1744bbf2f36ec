#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Keeps a second run from writing the same database; the system takes it back from a process that was killed.
final class RunLock {
    private let path: String
    private let descriptor: Int32

    /// Takes the lock of a database; nil if another run has it.
    ///
    /// A folder that cannot hold the lock's file cannot hold the database either, which says so more clearly.
    init?(_ database: String) {
        path = database + "-lock"
        while true {
            let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { break }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                return nil
            }
            // The run before may have removed the file between the two calls.
            if FileIdentity(ofPath: path) == FileIdentity(ofDescriptor: descriptor) {
                self.descriptor = descriptor
                return
            }
            close(descriptor)
        }
        descriptor = -1
    }

    /// Whether the path still leads to the file that is locked.
    var isInPlace: Bool {
        descriptor >= 0 && FileIdentity(ofPath: path) == FileIdentity(ofDescriptor: descriptor)
    }

    deinit {
        guard descriptor >= 0 else { return }
        // Where the folder is another one by now, the file is another run's.
        if isInPlace { unsafe unlink(path) }
        close(descriptor)
    }
}
