#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The right of one process to write into a folder: a lock on a file in it that holds the process's number.
///
/// The system releases it with the last of its holder, however that ends. Who finds the folder unlocked but not empty
/// therefore knows that its writer was killed.
final class FolderLock {
    /// Name of the lock file.
    static let fileName = ".lock"

    /// Open as long as the lock is held.
    private let file: OpenFile

    /// Makes the folder unless it exists, and locks it.
    ///
    /// - Throws: ``FileError`` when another run holds it, and when there are files in it but was never a lock.
    init(_ folder: String, in fileSystem: FileSystem) throws(FileError) {
        let path = folder + "/" + Self.fileName
        while true {
            if FileSystem.exists(folder) {
                let names = try FileSystem.contents(of: folder)
                guard names.isEmpty || names.contains(Self.fileName) || names.contains(Journal.fileName) else {
                    throw FileError(.create, folder, reason: "it exists, and is not the rest of a run")
                }
            } else {
                // Whatever the umask says, nobody else puts anything into what is in the making.
                try fileSystem.makeFolder(folder, mode: 0o755)
            }
            do throws(FileError) {
                guard let file = try Self.lock(path, of: folder, in: fileSystem) else { continue }
                self.file = file
                return
            } catch {
                // A folder with nothing but this run's own lock file must not stay behind; any other does. Where the
                // names cannot be had for want of a descriptor, there is no lock file either.
                if error.operation != .lock {
                    if (try? FileSystem.contents(of: folder)) == [Self.fileName] { try? fileSystem.remove(file: path) }
                    try? fileSystem.remove(emptyFolder: folder)
                }
                throw error
            }
        }
    }

    /// Opens and locks the file.
    ///
    /// - Returns: nil if the folder was published or removed while this one waited for it.
    private static func lock(
        _ path: String,
        of folder: String,
        in fileSystem: FileSystem
    ) throws(FileError) -> OpenFile? {
        let file: OpenFile
        do throws(FileError) {
            file = try fileSystem.open(path, .claiming)
        } catch {
            if !FileSystem.exists(folder) { return nil }
            throw error
        }
        guard try file.tryToClaim() else {
            let owner = String(decoding: (try? FileReader.contents(of: path)) ?? [], as: UTF8.self)
            let process = owner.prefix { $0.isNumber }
            throw FileError(
                .lock,
                folder,
                reason: "process \(process.isEmpty ? "?" : process) is writing this dataset"
            )
        }
        var (own, other) = (stat(), stat())
        guard unsafe fstat(file.descriptor, &own) == 0, unsafe lstat(path, &other) == 0, own.st_ino == other.st_ino,
            own.st_dev == other.st_dev
        else { return nil }
        try file.cut(to: 0)
        try file.write(Array("\(getpid())\n".utf8))
        return file
    }
}
