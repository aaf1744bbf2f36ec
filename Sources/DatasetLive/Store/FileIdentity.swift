#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Which file a path leads to, and in which state.
struct FileIdentity: Hashable, Sendable {
    private(set) var device: UInt64
    private var number: UInt64

    /// The file at a path, links followed; nil if there is none.
    init?(ofPath path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }

    /// The file behind a descriptor.
    init?(ofDescriptor descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }

    /// The bytes of a file; nil if there is none.
    static func size(ofPath path: String) -> Int64? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Int64(status.st_size)
    }
}

/// What changes when a file is edited, replaced, or a link to it is moved.
struct FileState: Hashable, Sendable {
    private var identity: FileIdentity
    private var seconds: Int
    private var nanoseconds: Int
    /// Its bytes.
    let size: Int64
    /// Whether it is a file, rather than a folder, a pipe or a device.
    let isRegular: Bool

    /// The file at a path, links followed; nil if there is none.
    init?(ofPath path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0, let identity = FileIdentity(ofPath: path) else { return nil }
        self.identity = identity
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        size = Int64(status.st_size)
        isRegular = status.st_mode & S_IFMT == S_IFREG
    }
}
