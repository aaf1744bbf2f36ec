import Foundation
import Testing

/// A real InfluxDB 1.x of a test's own.
final class InfluxServer {
    private let workspace: Workspace
    let port: Int
    private let process: ServerProcess

    init(_ workspace: Workspace, on disk: SmallDisk? = nil) throws {
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
        let command = ["influxd", "-config", workspace.path("influx.conf")]
        process = ServerProcess((disk?.command ?? []) + command, in: workspace)
        try start()
    }

    /// The URL of a database on it.
    func url(_ database: String = "lab") -> String { "influx://127.0.0.1:\(port)/\(database)" }

    /// Starts it, and waits until it answers.
    func start() throws {
        try process.start { try workspace.shell("curl -sf http://127.0.0.1:\(port)/ping").status == 0 }
    }

    /// Ends it at once, as a crash would.
    func stop() { process.stop() }

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
    func freePort() throws -> Int { try BrokerServer.freePort() }
}
