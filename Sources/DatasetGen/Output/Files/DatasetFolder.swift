#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The folder of a dataset in the making: `<name>.partial/`, which gets its final name when all is there.
///
/// A lock file keeps a second process out as long as the first one lives; what a killed run left behind is cleared.
final class DatasetFolder {
    /// Where the dataset will be.
    let path: String
    /// Where it is written.
    let partialPath: String
    private let replacesExisting: Bool
    private var lock: Int32 = -1

    /// Claims the folder.
    ///
    /// - Throws: ``FileError`` when the dataset exists and is not to be replaced, when another process is writing it, or
    ///   when the folder cannot be made.
    init(_ path: String, replacesExisting: Bool) throws(FileError) {
        var trimmed = path[...]
        while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
        self.path = String(trimmed)
        partialPath = self.path + ".partial"
        self.replacesExisting = replacesExisting
        if !replacesExisting, FileSystem.exists(self.path) {
            throw FileError(.create, self.path, reason: "it exists already; --overwrite replaces it")
        }
        if let parent = FileSystem.parent(of: self.path) { try FileSystem.makeFolders(parent) }
        if !FileSystem.exists(partialPath) { try FileSystem.makeFolder(partialPath) }
        try claim()
        for name in try FileSystem.contents(of: partialPath) where name != Self.lockName {
            try FileSystem.removeFile(partialPath + "/" + name)
        }
    }

    deinit {
        if lock >= 0 { close(lock) }
    }

    /// Where a file of the dataset is written.
    func path(of name: String) -> String {
        partialPath + "/" + name
    }

    /// Gives the dataset its final name.
    ///
    /// Its files are on the disk already. An existing dataset is set aside before and removed after, so that one of the two is there at any time.
    func publish() throws(FileError) {
        try FileSystem.removeFile(path(of: Self.lockName))
        try FileSystem.flush(folder: partialPath)
        let parent = FileSystem.parent(of: path) ?? "."
        let old = path + ".replaced"
        if replacesExisting, FileSystem.exists(path) {
            if FileSystem.exists(old) { try FileSystem.removeFolder(old) }
            try FileSystem.move(path, to: old)
        }
        try FileSystem.move(partialPath, to: path)
        try FileSystem.flush(folder: parent)
        if FileSystem.exists(old) { try FileSystem.removeFolder(old) }
    }

    /// Removes what has been written.
    func discard() {
        // The run has failed already; what cannot be removed is cleared by the next.
        try? FileSystem.removeFolder(partialPath)
    }

    private static let lockName = ".lock"

    /// Takes the lock, and leaves the process's number in the file for whoever asks.
    private func claim() throws(FileError) {
        let path = path(of: Self.lockName)
        lock = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw FileError(.create, path) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let owner = String(decoding: (try? FileReader.contents(of: path)) ?? [], as: UTF8.self)
            let process = owner.prefix { $0.isNumber }
            throw FileError(
                .lock,
                partialPath,
                reason: "process \(process.isEmpty ? "?" : process) is writing this dataset"
            )
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(lock, 0) == 0, unsafe write(lock, text, text.count) == text.count else {
            throw FileError(.write, path)
        }
    }
}
