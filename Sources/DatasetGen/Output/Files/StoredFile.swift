#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file of a dataset that is read, which may come from a stranger: nothing but a file that lies in the folder itself.
///
/// A link could lead to a file that is none of the dataset's, and a pipe would never end.
package enum StoredFile {
    /// What a path is instead of a file; nil if it is one, or if there is nothing.
    package static func problem(_ path: String) -> String? {
        guard let status = FileSystem.status(path) else { return nil }
        return problem(of: status)
    }

    /// Opens a file to read it.
    ///
    /// - Returns: its descriptor, which the caller closes.
    /// - Throws: ``FileError`` when it cannot be opened, or is no file.
    static func descriptor(of path: String) throws(FileError) -> Int32 {
        // A pipe without a writer would keep open(2) waiting; for a file the flag means nothing.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ELOOP, let problem = problem(path) { throw FileError(.open, path, reason: problem) }
            throw FileError(.open, path)
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, problem(of: status) == nil else {
            close(descriptor)
            throw FileError(.open, path, reason: problem(of: status) ?? FileError.systemReason())
        }
        return descriptor
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
