#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What is refused before anything is generated: paths that cannot be written, and those that lead somewhere else.
extension DatasetPaths {
    /// Throws unless a dataset can be made at the final path; changes nothing.
    ///
    /// In a folder that others may write into, such as `/tmp`, they may have put links or folders of theirs under the
    /// names that a run uses: what is not this user's own is refused there.
    ///
    /// - Throws: ``FileError`` that names what is in the way.
    func check() throws(FileError) {
        try checkName()
        try checkParent()
        for path in [final, partial, aside] where FileSystem.isLink(path) {
            throw FileError(.create, path, reason: "it is a symbolic link; give the folder itself")
        }
        try checkIsNoDisk()
        let parentStatus = FileSystem.status(parent)
        if let parentStatus, parentStatus.st_mode & Self.othersMayWrite != 0 {
            for path in [partial, aside] { try checkIsOwn(path) }
        }
        try checkCanBeReplaced(parentStatus)
        try checkAside()
        try checkPartial()
    }

    /// Throws if the folder is where a disk or a volume begins: rename(2) gives no other name to such a folder.
    private func checkIsNoDisk() throws(FileError) {
        var above = stat()
        guard let status = FileSystem.status(final), unsafe stat(parent, &above) == 0, status.st_dev != above.st_dev
        else {
            return
        }
        throw FileError(.create, final, reason: "a disk or a volume begins there; give a folder in it")
    }

    /// Throws if SQLite cannot open a file of the dataset in the making, whose path is too long for it.
    func checkDatabasePath() throws(FileError) {
        let folder = FileSystem.nearestExisting(parent)
        let above: Int
        if let resolved = unsafe realpath(folder, nil) {
            defer { unsafe free(resolved) }
            above = unsafe strlen(resolved)
        } else {
            guard errno == ENAMETOOLONG || errno == ERANGE else { throw FileError(.create, folder) }
            above = Self.maximumPath
        }
        let below = folder == "." && parent != "." ? parent.utf8.count + 1 : parent.utf8.count - folder.utf8.count
        let length = above + below + partial.utf8.count - (parent == "." ? 0 : parent.utf8.count + 1) + 1
        guard length + Self.longestDatabaseName > Self.maximumDatabasePath else { return }
        throw FileError(
            .create,
            final,
            reason: "in full its path is \(length) bytes long, and SQLite opens files only below paths of up to "
                + "\(Self.maximumDatabasePath - Self.longestDatabaseName); give another folder, or formats without sqlite"
        )
    }

    /// SQLite's MAX_PATHNAME, in os_unix.c.
    private static let maximumDatabasePath = 512
    /// With the journal's suffix, which SQLite makes room for whether there is a journal or not.
    private static let longestDatabaseName = "/readings.sqlite.start-journal".utf8.count

    /// Throws if something in the folder of the dataset in the making is no run's.
    private func checkPartial() throws(FileError) {
        guard FileSystem.isFolder(partial) else { return }
        for name in try FileSystem.contents(of: partial) where FileSystem.isLink(partial + "/" + name) {
            throw FileError(.create, partial + "/" + name, reason: "it is a symbolic link; no run makes any there")
        }
        let foreign = try DatasetNames.foreignToRuns(in: partial)
        guard foreign.isEmpty else {
            throw FileError(
                .create,
                partial,
                reason: "it exists, and is not the rest of a run: no run has made \(DatasetNames.listed(foreign))"
            )
        }
    }

    /// Throws if the path leads into the folder of another dataset, which holds its own files and nothing else.
    func checkIsOutsideDatasets(shards: Bool) throws(FileError) {
        // Shards have folders of their own in that of the dataset.
        let (folder, path) = shards ? (FileSystem.parent(of: parent), parent) : (parent, final)
        try DatasetListing.checkThereIsNone(in: folder, for: path)
    }

    private func checkName() throws(FileError) {
        let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
        if final.unicodeScalars.contains(where: isControl) {
            let shown = String(String.UnicodeScalarView(final.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
            throw FileError(.create, shown, reason: "its name has a control character")
        }
        guard let name = final.utf8.split(separator: UInt8(ascii: "/")).last, name.count <= Self.maximumName else {
            throw FileError(.create, final, reason: "its name is longer than \(Self.maximumName) bytes")
        }
        guard final.utf8.count <= Self.maximumPath else {
            throw FileError(.create, final, reason: "its path is longer than \(Self.maximumPath) bytes")
        }
        guard !final.hasSuffix(Self.partialSuffix) else { throw FileError(namedAsPartial: final) }
    }

    private func checkParent() throws(FileError) {
        let folder = FileSystem.nearestExisting(parent)
        guard FileSystem.isFolder(following: folder) else {
            throw FileError(.create, final, reason: "\(folder) is a file, not a folder")
        }
        guard unsafe faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 else {
            throw FileError(.create, final, reason: "\(folder) cannot be written into: \(FileError.systemReason())")
        }
    }

    /// Throws if something at a path that only runs use is another user's, or open to others.
    private func checkIsOwn(_ path: String) throws(FileError) {
        guard let status = FileSystem.status(path) else { return }
        guard status.st_uid == geteuid() else {
            throw FileError(.create, path, reason: "another user (\(status.st_uid)) has made it")
        }
        guard status.st_mode & Self.othersMayWrite == 0 else {
            throw FileError(.create, path, reason: "others may write into it")
        }
    }

    /// Throws if what is to be replaced can be renamed by its owner only: unlink(2) on folders with the sticky bit.
    private func checkCanBeReplaced(_ parent: stat?) throws(FileError) {
        guard replacesExisting, let parent, parent.st_mode & S_ISVTX != 0, let old = FileSystem.status(final),
            geteuid() != 0, ![old.st_uid, parent.st_uid].contains(geteuid())
        else { return }
        throw FileError(.create, final, reason: "it belongs to another user (\(old.st_uid)), who alone can replace it")
    }

    fileprivate static let othersMayWrite: mode_t = 0o022
    /// NAME_MAX, less what `aside` adds to a name.
    private static let maximumName = 255 - ".".utf8.count - ".replaced".utf8.count
    /// PATH_MAX, less what `aside` and the longest name of a file add to a path.
    private static let maximumPath = 4_095 - 64
}

extension FileSystem {
    /// Whether there is a symbolic link of this name.
    static func isLink(_ path: String) -> Bool {
        status(path).map { $0.st_mode & S_IFMT == S_IFLNK } ?? false
    }

    /// Whether a path leads to a folder, links followed.
    static func isFolder(following path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// What the system knows of a path, links not followed; nil if there is nothing.
    static func status(_ path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }

    /// Lets nobody but its owner write into a folder, if it is this user's.
    static func closeToOthers(_ folder: String) {
        guard let mode = status(folder)?.st_mode, mode & DatasetPaths.othersMayWrite != 0 else { return }
        _ = unsafe chmod(folder, mode & 0o7777 & ~DatasetPaths.othersMayWrite)
    }

    /// Lets those write into a folder who may write into a file in it, which has its mode by the umask.
    static func admit(writersOf name: String, to folder: String) {
        guard let mode = status(folder)?.st_mode, let file = status(folder + "/" + name)?.st_mode else { return }
        let added = file & DatasetPaths.othersMayWrite
        if added != 0 { _ = unsafe chmod(folder, mode & 0o7777 | added) }
    }

    /// Bytes that the files of a folder take on the disk; 0 if there is no such folder.
    static func allocatedBytes(inFolder path: String) -> Int64 {
        guard isFolder(path), let names = try? contents(of: path) else { return 0 }
        // In units of 512 bytes, whatever the disk's are: stat(3type).
        return names.reduce(0) { $0 + Int64(status(path + "/" + $1)?.st_blocks ?? 0) * 512 }
    }
}

extension FileError {
    /// A dataset that would have the name of one in the making.
    init(namedAsPartial path: String) {
        let suffix = DatasetPaths.partialSuffix
        let reason = "its name ends in \(suffix), as those of unfinished datasets do; give another name"
        self.init(.create, path, reason: reason)
    }

    /// The reason that the system has just given.
    static func systemReason() -> String { unsafe String(cString: strerror(errno)) }
}
