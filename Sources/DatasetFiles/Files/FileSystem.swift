#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Operations on files and folders by name, with typed errors.
package struct FileSystem: Sendable {
    /// How files are changed.
    let calls: any FileCalls

    /// Files as `calls` change them.
    package init(calls: any FileCalls = SystemCalls()) {
        self.calls = calls
    }

    /// Whether there is anything of this name, a dangling link included.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// Whether there is a folder of this name; a link to one is none.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The folder that a path lies in: `.` for a bare name.
    package static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes a folder and those above it that are missing, for good: their names are on the disk.
    package func makeFolders(_ path: String) throws(FileError) {
        var status = stat()
        if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
        let parent = Self.parent(of: path)
        if parent != ".", parent != path { try makeFolders(parent) }
        do throws(FileError) {
            try makeFolder(path)
        } catch {
            // Another shard has just made it.
            if !Self.isFolder(path) { throw error }
        }
        try flush(folder: parent)
    }

    /// Makes a folder, of that mode less the umask.
    package func makeFolder(_ path: String, mode: UInt32 = 0o777) throws(FileError) {
        guard calls.retrying({ $0.makeFolder(path, mode) }) == 0 else { throw FileError(.create, path) }
    }

    /// The names in a folder, sorted.
    package static func contents(of path: String) throws(FileError) -> [String] {
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

    /// Removes a file.
    package func remove(file path: String) throws(FileError) {
        guard calls.retrying({ $0.unlink(path) }) == 0 else { throw FileError(.remove, path) }
    }

    /// Removes a folder that nothing is in.
    package func remove(emptyFolder path: String) throws(FileError) {
        guard calls.retrying({ $0.removeFolder(path) }) == 0 else { throw FileError(.remove, path) }
    }

    /// Removes a folder of this program's own, with the files in it.
    ///
    /// There are no folders in such a one: what it nevertheless holds is somebody's, and stays.
    package func remove(folder path: String) throws(FileError) {
        for name in try Self.contents(of: path) { try remove(file: path + "/" + name) }
        try remove(emptyFolder: path)
    }

    /// Gives a file or folder another name on the same disk.
    package func move(_ path: String, to new: String) throws(FileError) {
        guard calls.retrying({ $0.rename(path, to: new) }) == 0 else { throw FileError(.rename, new) }
    }

    /// Opens a file to write it.
    package func open(_ path: String, _ mode: OpenFile.Mode) throws(FileError) -> OpenFile {
        try OpenFile(path, mode, calls: calls)
    }

    /// Waits until the names in a folder are on the disk.
    package func flush(folder path: String) throws(FileError) {
        let folder = try OpenFile(path, .folder, calls: calls)
        try folder.flush()
        try folder.close()
    }

    /// Bytes of a file.
    package static func size(ofFile path: String) throws(FileError) -> Int64 {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw FileError(.open, path) }
        return Int64(status.st_size)
    }

    /// Cuts a file off, or adds zeros that take no room.
    func resize(_ path: String, to size: Int64) throws(FileError) {
        let file = try OpenFile(path, .existing, calls: calls)
        try file.cut(to: size)
        try file.close()
    }
}
