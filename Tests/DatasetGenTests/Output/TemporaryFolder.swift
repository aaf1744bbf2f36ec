import Foundation

/// A folder of a test's own; it is removed with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "gen-dataset-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in the folder.
    func path(of name: String) -> String { path + "/" + name }

    /// Makes a file, and the folders above it.
    @discardableResult
    func write(_ bytes: some Collection<UInt8>, to name: String) throws -> String {
        let path = path(of: name)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// The names of the files at and below a path, sorted; those of folders end with a slash.
    func names(below name: String = ".") -> [String] {
        let top = path(of: name)
        return (FileManager.default.enumerator(atPath: top)?.allObjects as? [String] ?? [])
            .map { name in
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: top + "/" + name, isDirectory: &isFolder)
                return isFolder.boolValue ? name + "/" : name
            }
            .sorted()
    }
}
