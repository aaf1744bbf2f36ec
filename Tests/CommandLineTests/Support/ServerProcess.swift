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

/// A stand-in for QuestDB, which has no package.
struct QuestDBStandIn {
    let url: String
    private let process: ServerProcess

    init(_ workspace: Workspace) throws {
        let port = try workspace.freePort()
        url = "questdb://127.0.0.1:\(port)"
        let arguments = [try Locations.python().path(), Locations.reader("questdb"), String(port)]
        process = ServerProcess(arguments, in: workspace)
        try process.start { try workspace.shell("curl -s http://127.0.0.1:\(port)/").status == 0 }
    }

    func stop() { process.stop() }
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

/// A proxy before a server that holds back half of an answer, that to the first request in which a pattern is found.
///
/// Then there is a file `reached`, and when there is one `open`, it lets go.
struct Gate {
    let port: Int
    private let process: ServerProcess

    /// - Parameters:
    ///   - workspace: where the files are.
    ///   - upstream: the port of the server.
    ///   - pattern: what is looked for in requests.
    ///   - isShort: whether half of the answer passes for all of it.
    /// - Throws: what starting it throws.
    init(_ workspace: Workspace, before upstream: Int, holding pattern: String, isShort: Bool = false) throws {
        let port = try workspace.freePort()
        self.port = port
        let words = ["python3", Locations.reader("gate"), String(port), String(upstream), pattern]
        process = ServerProcess(words + (isShort ? ["short"] : []), in: workspace)
        try process.start { try workspace.shell("curl -s http://127.0.0.1:\(port)/").status == 0 }
    }
}
