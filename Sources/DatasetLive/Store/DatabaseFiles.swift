import DatasetGen
import Foundation

/// The files that a database consists of, as a set that is moved together.
enum DatabaseFiles {
    /// What SQLite keeps beside a database in WAL mode.
    private static let companions = ["", "-wal", "-shm"]

    /// Moves a database to a dated name in its folder, and gives the new path.
    ///
    /// The name says what `mark` says of it, such as `damaged`.
    static func setAside(
        _ path: String,
        mark: String? = nil,
        at instant: SimulatedTime
    ) throws(StoreFailure) -> String {
        let target = freePath(beside: path, mark: mark, at: instant)
        for companion in companions where FileManager.default.fileExists(atPath: path + companion) {
            do {
                try FileManager.default.moveItem(atPath: path + companion, toPath: target + companion)
            } catch { throw .unavailable("\(path + companion) cannot be set aside: \(error.localizedDescription)") }
        }
        return target
    }

    /// A path for a dated copy of a database, `sensor_data-20250118T103045Z.db`, at which there is nothing yet.
    ///
    /// It lies in `folder`, or in the folder of the database.
    static func freePath(
        beside path: String,
        in folder: String? = nil,
        mark: String? = nil,
        at instant: SimulatedTime
    ) -> String {
        let (ownFolder, name) = parts(of: path)
        let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 } ?? name.endIndex
        let date = instant.text.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
        let stem = (folder.map { $0 + "/" } ?? ownFolder) + name[..<dot] + (mark.map { "-" + $0 } ?? "") + "-" + date
        var path = stem + name[dot...]
        var attempt = 1
        while companions.contains(where: { FileManager.default.fileExists(atPath: path + $0) }) {
            attempt += 1
            path = "\(stem)-\(attempt)\(name[dot...])"
        }
        return path
    }

    /// A path's folder with a slash behind it, empty for the current one, and the name in it.
    static func parts(of path: String) -> (folder: String, name: String) {
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        return (String(path[..<slash]), String(path[slash...]))
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
