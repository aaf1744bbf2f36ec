import Foundation
import Testing

/// A real InfluxDB 1.x of a test's own on a free port of this machine; it ends with the test.
final class InfluxServer {
    private let workspace: Workspace
    let port: Int
    private var process: Process?

    init(_ workspace: Workspace) throws {
        self.workspace = workspace
        port = try workspace.freePort()
        let settings = """
            reporting-disabled = true
            bind-address = "127.0.0.1:\(try workspace.freePort())"
            [meta]
            dir = "\(workspace.path("influx/meta"))"
            [data]
            dir = "\(workspace.path("influx/data"))"
            wal-dir = "\(workspace.path("influx/wal"))"
            [http]
            bind-address = "127.0.0.1:\(port)"
            log-enabled = false
            """
        try workspace.write(settings, to: "influx.conf")
        try start()
    }

    deinit { stop() }

    /// The URL of a database on it.
    func url(_ database: String = "lab") -> String { "influx://127.0.0.1:\(port)/\(database)" }

    /// Starts it, and waits until it answers.
    func start() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["influxd", "-config", workspace.path("influx.conf")]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        try wait(or: "InfluxDB does not answer") {
            try workspace.shell("curl -sf http://127.0.0.1:\(port)/ping").status == 0 ? () : nil
        }
    }

    /// Ends it at once, as a crash would.
    func stop() {
        guard let process else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    /// What a statement gives, as JSON.
    @discardableResult
    func query(_ statement: String, _ database: String = "lab") throws -> String {
        try workspace.write(statement, to: "statement")
        let outcome = try workspace.shell(
            "curl -sf -XPOST 'http://127.0.0.1:\(port)/query?db=\(database)&epoch=u' --data-urlencode q@statement"
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }
}

extension Workspace {
    /// A port on which nobody listens.
    func freePort() throws -> Int {
        let script = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
        return try #require(Int(try shell("python3 -c \"\(script)\"").output.filter(\.isNumber)))
    }
}
