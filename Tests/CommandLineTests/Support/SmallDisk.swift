import Foundation
import Testing

/// A file system of a few megabytes in memory that only one server sees, on whose disk there is soon no room; it ends with the
/// test.
final class SmallDisk {
    private let workspace: Workspace
    private let holder: RunningProcess
    private let path: String

    /// Whether tests may make one, which only root may.
    static let isPossible = Namespace.command == "unshare -m"

    /// What a program's words begin with that shall see it.
    var command: [String] { ["nsenter", "-t", "\(holder.identifier)", "-m"] }

    /// - Parameters:
    ///   - workspace: of the test.
    ///   - path: the folder that it takes the place of, which is made.
    ///   - size: such as `12m`.
    /// - Throws: where nothing can be mounted.
    init(_ workspace: Workspace, at path: String, size: String) throws {
        (self.workspace, self.path) = (workspace, path)
        let mount = "mount -t tmpfs -o size=\(size),mode=777 none '\(path)'"
        let script = "mkdir -p '\(path)' && \(mount) && : > '\(path).mounted' && exec sleep 3000"
        let holder = try workspace.startProgram(["unshare", "-m", "sh", "-c", script])
        self.holder = holder
        let isMounted = path + ".mounted"
        try wait(of: holder, or: "nothing can be mounted") {
            FileManager.default.fileExists(atPath: isMounted) ? () : nil
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path + ".mounted") }

    /// Makes room.
    func grow() throws {
        let outcome = try workspace.shell("\(command.joined(separator: " ")) mount -o remount,size=1g '\(path)'")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }
}
