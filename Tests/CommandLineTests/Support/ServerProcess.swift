import Foundation
import Testing

/// A server of a test's own on this machine; it ends with the test.
final class ServerProcess {
    private let arguments: [String]
    private let workspace: Workspace
    private var process: RunningProcess?

    /// Whether it has not ended by itself.
    var isRunning: Bool { process?.isRunning ?? false }

    /// - Parameters:
    ///   - arguments: the program and its arguments.
    ///   - workspace: where it runs.
    init(_ arguments: [String], in workspace: Workspace) {
        (self.arguments, self.workspace) = (arguments, workspace)
    }

    /// Starts it, and waits until `isReady`.
    func start(until isReady: () throws -> Bool) throws {
        let process = try workspace.startProgram(arguments)
        self.process = process
        try wait(of: process, or: "\(arguments[0]) does not answer") { try isReady() ? () : nil }
    }

    /// Ends it at once, as a crash would.
    func stop() {
        process?.send(SIGKILL)
        _ = try? process?.outcome()
        process = nil
    }
}

/// A proxy before a server that refuses, or loses answers.
struct FaultyProxy {
    let port: Int
    private let process: ServerProcess

    init(_ workspace: Workspace, before upstream: Int) throws {
        let port = try workspace.freePort()
        self.port = port
        process = ServerProcess(["python3", Locations.reader("proxy"), String(port), String(upstream)], in: workspace)
        try process.start { try workspace.shell("curl -s http://127.0.0.1:\(port)/").status == 0 }
    }
}
