import DatasetFormats
import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file that is open to be read, which may come from a stranger: nothing but a file that lies in the folder itself.
///
/// A link could lead to a file that is none of the dataset's, and a pipe would never end. It is read as far as it went
/// when it was opened, from several threads at a time, and stays readable when its name is taken away.
package final class StoredFile: Sendable {
    /// Recipes, manifests and lists of digests are no longer than this: 16 MiB.
    package static let smallLimit = 16 << 20

    /// Where it was found.
    package let path: String
    /// Bytes of it when it was opened.
    package let size: Int64
    /// Open as long as this object lives.
    let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: ``FileError`` when it cannot be opened, or is no file.
    package convenience init(path: String) throws(FileError) {
        try self.init(path: path, in: AT_FDCWD, name: path)
    }

    /// Opens a file of an open folder; `path` is how messages name it.
    init(path: String, in folder: Int32, name: String) throws(FileError) {
        self.path = path
        // A pipe without a writer would keep open(2) waiting; for a file the flag means nothing.
        descriptor = unsafe openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        var status = stat()
        guard descriptor >= 0 else {
            size = 0
            let code = errno
            if code == ELOOP, unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
                let problem = Self.problem(of: status)
            {
                throw FileError(.open, path, reason: problem)
            }
            throw FileError(.open, path, code: code)
        }
        let isKnown = unsafe fstat(descriptor, &status) == 0
        size = isKnown ? Int64(status.st_size) : 0
        guard isKnown else { throw FileError(.open, path) }
        if let problem = Self.problem(of: status) { throw FileError(.open, path, reason: problem) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Reads bytes from `offset` on into `room`; how many there were, 0 at the end.
    package func read(into room: UnsafeMutableBufferPointer<UInt8>, at offset: Int64) throws(FileError) -> Int {
        // The files in which the system tells of itself have no size.
        let count = size == 0 ? room.count : Int(min(Int64(room.count), max(0, size - offset)))
        guard count > 0 else { return 0 }
        while true {
            let status = unsafe pread(descriptor, room.baseAddress, count, off_t(offset))
            if status >= 0 { return status }
            if errno != EINTR { throw FileError(.read, path) }
        }
    }

    /// All bytes.
    ///
    /// - Throws: ``FileError`` when it cannot be read, or is longer than `limit`.
    package func contents(limit: Int = smallLimit) throws(FileError) -> [UInt8] {
        if let problem = problem(beyond: limit) { throw FileError(.read, path, reason: problem) }
        var all = ByteBuffer()
        while all.count <= limit {
            let before = all.count
            try unsafe all.appendRaw(atMost: 1 << 16) { room throws(FileError) in
                try unsafe read(into: room, at: Int64(before))
            }
            if all.count == before { return all.bytes }
        }
        throw FileError(.read, path, reason: "it is longer than \(limit) bytes")
    }

    /// What is wrong with a file that is longer than `limit`; nil if it is not.
    package func problem(beyond limit: Int = smallLimit) -> String? {
        guard size > Int64(limit) else { return nil }
        return limit < 1 << 20
            ? "it has \(size.grouped(of: "byte")), more than \(limit.grouped)"
            : "it is longer than \(limit >> 20) MiB: \(size.grouped) bytes"
    }

    /// What a path is instead of a file; nil if it is one, or if there is nothing.
    package static func problem(_ path: String) -> String? {
        guard let status = FileSystem.status(path) else { return nil }
        return problem(of: status)
    }

    private static func problem(of status: stat) -> String? {
        switch status.st_mode & S_IFMT {
        case S_IFREG: nil
        case S_IFLNK: "it is a symbolic link; only files of the folder itself are read"
        case S_IFDIR: "it is a folder, not a file"
        default: "it is not a file"
        }
    }
}
