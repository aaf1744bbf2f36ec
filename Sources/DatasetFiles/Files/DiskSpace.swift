#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The room on the disk that a file or folder is on, or will be.
public struct DiskSpace: Sendable {
    /// The path itself, or the nearest folder above it that there is.
    public let folder: String
    /// Bytes that may still be written; `Int64.max` where the system does not say.
    public let freeBytes: Int64
    /// Tells disks apart.
    let device: UInt64

    /// Asks the system, statvfs(3).
    ///
    /// - Throws: ``FileError`` when it does not answer.
    public init(for path: String) throws(FileError) {
        let folder = FileSystem.nearestExisting(path)
        var (status, disk) = (stat(), statvfs())
        guard unsafe stat(folder, &status) == 0, unsafe statvfs(folder, &disk) == 0 else {
            throw FileError(.open, folder)
        }
        self.folder = folder
        device = UInt64(status.st_dev)
        let (bytes, isTooMuch) = UInt64(disk.f_bavail).multipliedReportingOverflow(by: UInt64(disk.f_frsize))
        // A disk without blocks is one that does not count them.
        freeBytes = isTooMuch || disk.f_blocks == 0 ? .max : Int64(clamping: bytes)
    }
}

extension FileSystem {
    /// A path itself if there is such a thing, else the nearest folder above that there is.
    static func nearestExisting(_ path: String) -> String {
        var status = stat()
        if unsafe stat(path, &status) == 0 { return path }
        return nearestExisting(parent(of: path.hasSuffix("/") ? String(path.dropLast()) : path))
    }
}
