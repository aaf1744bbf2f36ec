#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Operations on files and folders by name, with typed errors.
package enum FileSystem {
    /// Whether there is anything of this name, a dangling link included.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// Whether there is a folder of this name; a link to one is none.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The folder that a path lies in; nil if the path names none.
    static func parent(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return nil }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes a folder and those above it that are missing.
    static func makeFolders(_ path: String) throws(FileError) {
        var status = stat()
        if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
        if let parent = parent(of: path), parent != path { try makeFolders(parent) }
        try makeFolder(path)
    }

    /// Makes a folder.
    package static func makeFolder(_ path: String) throws(FileError) {
        guard unsafe mkdir(path, 0o755) == 0 else { throw FileError(.create, path) }
    }

    /// The names in a folder, sorted.
    static func contents(of path: String) throws(FileError) -> [String] {
        guard let directory = unsafe opendir(path) else { throw FileError(.open, path) }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file, or a folder with all that is in it.
    package static func remove(_ path: String) throws(FileError) {
        guard isFolder(path) else {
            guard unsafe unlink(path) == 0 else { throw FileError(.remove, path) }
            return
        }
        for name in try contents(of: path) { try remove(path + "/" + name) }
        guard unsafe rmdir(path) == 0 else { throw FileError(.remove, path) }
    }

    /// Gives a file or folder another name on the same disk.
    static func move(_ path: String, to new: String) throws(FileError) {
        guard unsafe rename(path, new) == 0 else { throw FileError(.rename, new) }
    }

    /// Waits until the names in a folder are on the disk.
    static func flush(folder path: String) throws(FileError) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(.open, path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileError(.flush, path) }
    }

    /// Bytes of a file.
    static func size(ofFile path: String) throws(FileError) -> Int64 {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw FileError(.open, path) }
        return Int64(status.st_size)
    }

    /// Cuts a file off, or adds zeros that take no room.
    static func resize(_ path: String, to size: Int64) throws(FileError) {
        guard unsafe truncate(path, Int(size)) == 0 else { throw FileError(.write, path) }
    }
}
