import Foundation
import Testing

/// A real ClickHouse of a test's own.
final class ClickHouseServer {
    private let workspace: Workspace
    let port: Int
    private let process: ServerProcess

    init(_ workspace: Workspace, on disk: SmallDisk? = nil) throws {
        self.workspace = workspace
        port = try workspace.freePort()
        let settings = """
            <yandex>
            <logger><level>none</level><log>/dev/null</log><errorlog>/dev/null</errorlog></logger>
            <http_port>\(port)</http_port><tcp_port>\(try workspace.freePort())</tcp_port>
            <listen_host>127.0.0.1</listen_host><mark_cache_size>100000000</mark_cache_size>
            <path>\(workspace.path("clickhouse/"))</path><tmp_path>\(workspace.path("clickhouse/tmp/"))</tmp_path>
            <users_config>\(workspace.path("users.xml"))</users_config>
            <default_profile>default</default_profile><default_database>default</default_database>
            </yandex>
            """
        let users = """
            <yandex><profiles><default/></profiles><quotas><default/></quotas><users><default>
            <password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
            </default></users></yandex>
            """
        try workspace.write(settings, to: "config.xml")
        try workspace.write(users, to: "users.xml")
        let command = disk?.command ?? []
        _ = try workspace.shell("\(command.joined(separator: " ")) mkdir -p \(workspace.path("clickhouse/tmp"))")
        process = ServerProcess(
            command + ["clickhouse-server", "--config-file=" + workspace.path("config.xml")],
            in: workspace
        )
        try start()
    }

    /// The URL of a database on it.
    func url(_ database: String = "lab") -> String { "clickhouse://127.0.0.1:\(port)/\(database)" }

    /// Starts it, and waits until it answers.
    func start() throws {
        try process.start { try workspace.shell("curl -sf http://127.0.0.1:\(port)/").status == 0 }
    }

    /// Ends it at once, as a crash would.
    func stop() { process.stop() }

    /// What a statement gives, fields with tabs between them.
    @discardableResult
    func query(_ statement: String) throws -> String {
        try workspace.write(statement, to: "statement")
        let outcome = try workspace.shell("curl -s 'http://127.0.0.1:\(port)/?database=lab' --data-binary @statement")
        try #require(!outcome.output.hasPrefix("Code: "), "\(outcome.output)")
        return outcome.output.trimmingCharacters(in: .newlines)
    }
}
