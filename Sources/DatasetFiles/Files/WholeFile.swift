#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Writes files that are no part of a dataset, such as pictures.
package enum WholeFile {
    /// Writes a file, in place of the one that there may be if that one may go.
    ///
    /// Links, pipes and devices stay what they are, and so does a file's mode. A file that is replaced is so at once, when the
    /// new one is on the disk; where the disk is full the old one stays, and nothing is left of a new one.
    ///
    /// - Parameters:
    ///   - bytes: the content.
    ///   - path: where it goes.
    ///   - fileSystem: how files are changed.
    ///   - isReplaceable: whether a file that begins like this may go; an empty one always may.
    /// - Throws: ``FileError`` when it cannot be created or written, when a file is there that must stay, and when it would
    ///   lie in the folder of a dataset.
    package static func write(
        _ bytes: [UInt8],
        to path: String,
        in fileSystem: FileSystem = FileSystem(),
        replacing isReplaceable: (_ beginning: [UInt8]) -> Bool
    ) throws(FileError) {
        try checkFolder(of: path)
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return try create(bytes, path, in: fileSystem) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            return try complete(fileSystem.open(path, .overwriting), with: bytes)
        }
        let file = try fileSystem.open(path, .replacing)
        let beginning = try file.bytes(at: 0, count: beginningBytes)
        guard beginning.isEmpty || isReplaceable(beginning) else {
            throw FileError(.create, path, reason: "it exists, and is nothing that may be replaced; give another name")
        }
        let target = FileSystem.isLink(path) ? Self.target(ofLink: path) : path
        if let target { try checkFolder(of: target, for: path) }
        // An empty file loses nothing, and may be standard output.
        let isReplaced =
            if let target, !beginning.isEmpty {
                try replace(target, bytes, like: status, for: path, in: fileSystem)
            } else {
                false
            }
        if !isReplaced { try overwrite(file, bytes) }
    }

    /// Throws if a path leads into the folder of a dataset, which holds its own files and nothing else.
    package static func checkFolder(of path: String) throws(FileError) { try checkFolder(of: path, for: path) }

    private static func checkFolder(of place: String, for path: String) throws(FileError) {
        guard let (folder, listing) = try DatasetListing.around(FileSystem.parent(of: place)) else { return }
        let name =
            place.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(place[place.utf8.index(after: $0)...]) } ?? place
        guard !listing.names.contains(name) else {
            throw FileError(.create, path, reason: "it is the name of a file of the dataset in that folder")
        }
        throw FileError(insideDataset: folder, path)
    }

    /// Makes a file that is not there.
    private static func create(_ bytes: [UInt8], _ path: String, in fileSystem: FileSystem) throws(FileError) {
        let file = try fileSystem.open(path, .creating)
        do throws(FileError) {
            try complete(file, with: bytes)
        } catch {
            try? fileSystem.remove(file: path)
            throw error
        }
    }

    /// Writes a new file beside one, which it takes the place of when it is complete.
    ///
    /// - Returns: false where only the old one itself can be written: in a folder in which no file can be made, or as a volume
    ///   of its own, as containers have files.
    private static func replace(
        _ target: String,
        _ bytes: [UInt8],
        like old: stat,
        for path: String,
        in fileSystem: FileSystem
    ) throws(FileError) -> Bool {
        let folder = FileSystem.parent(of: target)
        guard unsafe faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 else { return false }
        var number = 0
        while FileSystem.exists(name(number, in: folder)) { number += 1 }
        let new = name(number, in: folder)
        do throws(FileError) {
            let file = try fileSystem.open(new, .creating)
            // Only root may give a file away, and others have no need to.
            _ = fchown(file.descriptor, old.st_uid, old.st_gid)
            guard fchmod(file.descriptor, old.st_mode & 0o7777) == 0 else { throw FileError(.write, new) }
            try complete(file, with: bytes)
            if fileSystem.calls.retrying({ $0.rename(new, to: target) }) == 0 { return true }
            guard [EBUSY, EPERM, EACCES].contains(errno) else { throw FileError(.rename, new) }
        } catch {
            try? fileSystem.remove(file: new)
            throw FileError(error.operation, path, reason: error.reason)
        }
        try fileSystem.remove(file: new)
        return false
    }

    private static func name(_ number: Int, in folder: String) -> String {
        "\(folder)/.\(getpid())-\(number)\(DatasetPaths.partialSuffix)"
    }

    /// Writes into a file that is there.
    private static func overwrite(_ file: OpenFile, _ bytes: [UInt8]) throws(FileError) {
        try file.cut(to: 0)
        do throws(FileError) {
            try file.write(bytes)
            try file.flush()
        } catch {
            // Half of a picture is worth less than none.
            try? file.cut(to: 0)
            throw error
        }
        try file.close()
    }

    private static func complete(_ file: OpenFile, with bytes: [UInt8]) throws(FileError) {
        try file.write(bytes)
        try file.flush()
        try file.close()
    }

    /// Where a link leads in the end; nil if that has no name that can be told.
    private static func target(ofLink path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(validatingCString: resolved)
    }

    private static let beginningBytes = 1_024
}

extension FileError {
    /// What would lie in the folder of a dataset.
    init(insideDataset folder: String, _ path: String) {
        let reason = "\(folder) is the folder of a dataset, which holds its own files alone; give another place"
        self.init(.create, path, reason: reason)
    }
}
