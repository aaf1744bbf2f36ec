import DatasetGen
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The files that a database consists of, as a set that is moved together.
enum DatabaseFiles {
    /// What SQLite keeps beside a database, and the database itself, which is moved first.
    private static let companions = ["", "-wal", "-journal", "-shm"]
    /// The companions that hold what is not in the database yet.
    private static let logs = ["-wal", "-journal"]

    /// Moves a database to a dated name in its folder, and gives the new path.
    ///
    /// The name says what `mark` says of it, such as `damaged`.
    static func setAside(
        _ path: String,
        mark: String? = nil,
        at instant: SimulatedTime
    ) throws(StoreFailure) -> String {
        let target = freePath(beside: path, mark: mark, at: instant)
        for companion in companions where !isFree(path + companion) {
            guard unsafe rename(path + companion, target + companion) == 0 else {
                throw StoreFailure(errno, "\(path + companion) cannot be set aside")
            }
        }
        return target
    }

    /// Whether there is nothing of a name; where the system does not say, there may be something.
    static func isFree(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) != 0 && errno == ENOENT
    }

    /// Whether there are logs with something in them beside a database that is empty or not there.
    ///
    /// SQLite takes them for remains and deletes them.
    static func hasOrphans(_ path: String) -> Bool {
        (FileIdentity.size(ofPath: path) ?? 0) == 0 && logs.contains { (FileIdentity.size(ofPath: path + $0) ?? 0) > 0 }
    }

    /// Moves the log of a database that is not there any more out of the way, and gives its new path; nil if there is none.
    static func setLogAside(_ path: String, at instant: SimulatedTime) throws(StoreFailure) -> String? {
        let target = freePath(beside: path, mark: "damaged", at: instant)
        var aside: String?
        for companion in companions.dropFirst() where !isFree(path + companion) {
            guard unsafe rename(path + companion, target + companion) == 0 else {
                throw StoreFailure(errno, "\(path + companion) cannot be set aside")
            }
            if aside == nil { aside = target + companion }
        }
        return aside
    }

    /// A path for a dated copy of a database, `sensor_data-20250118T103045Z.db`, at which there is nothing yet.
    ///
    /// It lies in the folder of the database.
    private static func freePath(
        beside path: String,
        mark: String? = nil,
        at instant: SimulatedTime
    ) -> String {
        let ownFolder = parts(of: path).folder
        let (name, ending) = stem(of: path)
        let date = instant.text.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
        let stem = ownFolder + name + (mark.map { "-" + $0 } ?? "") + "-" + date
        var path = stem + ending
        var attempt = 1
        while companions.contains(where: { !isFree(path + $0) }) {
            attempt += 1
            path = "\(stem)-\(attempt)\(ending)"
        }
        return path
    }

    /// A path's folder with a slash behind it, empty for the current one, and the name in it.
    static func parts(of path: String) -> (folder: String, name: String) {
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        return (String(path[..<slash]), String(path[slash...]))
    }

    /// The name of a file in two parts: `sensor_data` and `.db`.
    static func stem(of path: String) -> (stem: String, ending: String) {
        let name = parts(of: path).name
        let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 } ?? name.endIndex
        return (String(name[..<dot]), String(name[dot...]))
    }

    /// The folder of a path, as a path.
    static func folder(of path: String) -> String {
        let folder = parts(of: path).folder
        return folder.isEmpty ? "." : folder
    }

    /// Makes the folder of a file.
    static func makeFolder(of path: String) throws(StoreFailure) {
        let folder = parts(of: path).folder
        guard !folder.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch { throw .unavailable("the folder of \(path) cannot be made: \(error.localizedDescription)") }
    }
}
