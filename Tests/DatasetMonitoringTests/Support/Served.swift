import DatasetGen
import DatasetMonitoring
import Logging
import Testing
import synthetic_monitor

/// A server that a test talks to.
struct Served {
    let port: Int

    /// Runs a test against a server of its own at a free port.
    static func run<Value>(
        _ run: SyntheticRun = SyntheticRun(),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        configure: (inout MonitoringConfiguration) -> Void = { _ in },
        test: (Served) async throws -> Value
    ) async throws -> Value {
        var configuration = MonitoringConfiguration()
        configuration.port = 0
        configuration.metricsInterval = .zero
        configure(&configuration)
        return try await MonitoringServer(run: run, configuration: configuration, logger: logger)
            .serve { try await test(Served(port: $0.port)) }
    }

    /// The answer to one request on a connection of its own.
    func ask(_ path: String, method: String = "GET", headers: [String] = []) async throws -> Reply {
        let connection = try RawConnection(port: port)
        connection.send(Self.request(path, method: method, headers: headers + ["Connection: close"]))
        return try #require(await connection.reply(hasBody: method != "HEAD"))
    }

    /// The answer to a request for the status under a name of the server.
    func ask(host: String) async throws -> Reply {
        let connection = try RawConnection(port: port)
        connection.send("GET /statusz HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
        return try #require(await connection.reply())
    }

    /// A request as text.
    static func request(_ path: String, method: String = "GET", headers: [String] = []) -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n" + headers.map { $0 + "\r\n" }.joined() + "\r\n"
    }
}
