#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The files of a dataset's folder, opened once and together, so that all are of one dataset.
///
/// A run that replaces the dataset gives the old folder another name, then removes it: if the folder still has its name
/// when all its files are open, none of them can have been gone before. From then on only what is open is read.
package final class StoredFolder: Sendable {
    /// Where it was found.
    package let path: String
    /// Names in the folder that no dataset has: the first ones in order, and how many there are.
    package let strangers: Strangers
    /// How many shards its files of readings are in, by the names of their parts; nil where they are not.
    package let shardCount: Int?
    private let entries: [String: Entry]

    /// Names that no dataset has.
    package struct Strangers: Sendable {
        /// The first ones.
        package var names: [String] = []
        /// How many there are.
        package var count = 0

        static let namedLimit = 20
    }

    private enum Entry {
        case file(StoredFile)
        /// A link, a folder, a pipe, or a file that cannot be opened.
        case unreadable(FileError, isFile: Bool)
    }

    /// The names that mean something in a dataset's folder: those that its files can have, the list of digests and its signature among them.
    package static let names = DatasetNames.all.union(RegisteredFormats.all.flatMap { $0.companionNames })
        .union([ShardNames.success])

    /// Opens the files.
    ///
    /// - Throws: ``FileError`` when there is no such folder, or when it never stays the same for as long as it takes to
    ///   open its files.
    package init(_ path: String) throws(FileError) {
        self.path = path
        var attempt = 0
        while true {
            attempt += 1
            switch try Self.open(path) {
            case .opened(let entries, let strangers):
                (self.entries, self.strangers) = (entries, strangers)
                shardCount = entries.keys.lazy.compactMap { ShardNames.count(inPath: $0) }.max()
                return
            case .absent where attempt >= (Self.isBeingReplaced(path) ? Self.replacedLimit : Self.absentLimit):
                throw FileError(.open, path, code: ENOENT)
            case .replaced where attempt >= Self.replacedLimit:
                throw FileError(.open, path, reason: "it is replaced again and again; nothing was read")
            case .absent, .replaced: usleep(Self.pause)
            }
        }
    }

    /// Whether there is no folder of this name, nor anything else.
    package static func isAbsent(_ error: FileError) -> Bool { error == FileError(.open, error.path, code: ENOENT) }

    /// The names of the dataset's files that there are, sorted, whatever they are.
    package var names: [String] { entries.keys.sorted() }

    /// Whether there is something of a name.
    package func has(_ name: String) -> Bool { entries[name] != nil }

    /// What is there instead of a file of a name; nil if it is one, or if there is nothing.
    package func problem(_ name: String) -> String? {
        guard case .unreadable(let error, isFile: false) = entries[name] else { return nil }
        return error.reason
    }

    /// A file.
    ///
    /// - Throws: ``FileError`` when there is none of that name, or none that can be read.
    package func file(_ name: String) throws(FileError) -> StoredFile {
        switch entries[name] {
        case .file(let file): return file
        case .unreadable(let error, _): throw error
        case nil: throw FileError(.open, path + "/" + name, code: ENOENT)
        }
    }

    // MARK: - Opening

    /// Between the two renamings of a run that replaces a dataset there is none of that name, for microseconds.
    private static let absentLimit = 4

    /// Whether the old dataset is there under the name that it has meanwhile.
    private static func isBeingReplaced(_ path: String) -> Bool {
        guard let paths = try? DatasetPaths(path, replacesExisting: true) else { return false }
        return FileSystem.exists(paths.aside)
    }

    /// As often as a dataset can be replaced in a second, and more.
    private static let replacedLimit = 200
    /// Microseconds.
    private static let pause: UInt32 = 5_000

    private enum Opening {
        case opened([String: Entry], Strangers)
        case absent
        case replaced
    }

    private static func open(_ path: String) throws(FileError) -> Opening {
        let descriptor = unsafe openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return .absent }
            throw FileError(.open, path)
        }
        defer { close(descriptor) }
        let (known, strangers) = try list(descriptor, path)
        // A dataset of many shards has more files than a process usually may have.
        _ = FileDescriptors.available(wanted: known.count)
        var entries: [String: Entry] = [:]
        for name in known {
            guard let entry = try entry(name, in: descriptor, path) else { return .replaced }
            entries[name] = entry
        }
        var (here, now) = (stat(), stat())
        guard unsafe fstat(descriptor, &here) == 0, unsafe stat(path, &now) == 0, here.st_dev == now.st_dev,
            here.st_ino == now.st_ino
        else { return .replaced }
        return .opened(entries, strangers)
    }

    /// Nil if it has just vanished.
    private static func entry(_ name: String, in folder: Int32, _ path: String) throws(FileError) -> Entry? {
        let file = path + "/" + name
        do throws(FileError) {
            return .file(try StoredFile(path: file, in: folder, name: name))
        } catch {
            if error == FileError(.open, file, code: ENOENT) { return nil }
            if [EMFILE, ENFILE, ENOMEM].contains(where: { error == FileError(.open, file, code: $0) }) { throw error }
            var status = stat()
            let isFile =
                unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFREG
            return .unreadable(error, isFile: isFile)
        }
    }

    private static func isFolder(_ name: String, in folder: Int32) -> Bool {
        var status = stat()
        return unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names that datasets have, and those that they have not.
    private static func list(_ folder: Int32, _ path: String) throws(FileError) -> ([String], Strangers) {
        let copy = fcntl(folder, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0, let directory = unsafe fdopendir(copy) else {
            let error = FileError(.open, path)
            if copy >= 0 { close(copy) }
            throw error
        }
        defer { unsafe closedir(directory) }
        var known: [String] = []
        var strangers = Strangers()
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if ShardNames.folders.contains(name), isFolder(name, in: folder) {
                for part in try FileSystem.contents(of: path + "/" + name) {
                    let place = name + "/" + part
                    if ShardNames.count(inPath: place) == nil { strangers.add(place) } else { known.append(place) }
                }
            } else if names.contains(name) {
                known.append(name)
            } else if name != ".", name != "..", !DatasetFolder.ownNames.contains(name) {
                // The last moments of a run that was killed may leave its lock and its journal in the finished dataset.
                strangers.add(name)
            }
        }
        return (known.sorted(), strangers)
    }
}

extension StoredFolder.Strangers {
    /// Takes note of a name; of many, the first ones in order are kept, in whichever order they come.
    fileprivate mutating func add(_ name: String) {
        count += 1
        let index = names.firstIndex { name < $0 } ?? names.count
        guard index < Self.namedLimit else { return }
        names.insert(name, at: index)
        if names.count > Self.namedLimit { names.removeLast() }
    }
}
