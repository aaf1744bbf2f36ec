import Foundation
import Testing

/// A broker of a test's own, which listens on a port of this machine that was free; it ends with the test.
final class BrokerServer {
    private let workspace: Workspace
    private let program: String
    private let arguments: [String]
    private var process: RunningProcess?
    let port: Int

    /// - Parameters:
    ///   - workspace: the folder in which it runs.
    ///   - program: its name.
    ///   - arguments: given its port.
    /// - Throws: where it does not start.
    init(_ workspace: Workspace, _ program: String, _ arguments: (_ port: Int) throws -> [String]) throws {
        port = try Self.freePort()
        self.workspace = workspace
        self.program = program
        self.arguments = try arguments(port)
        try start()
    }

    /// mosquitto with further lines of its configuration; it keeps all messages for subscribers that are away.
    static func mosquitto(_ workspace: Workspace, _ settings: String = "allow_anonymous true") throws -> BrokerServer {
        try BrokerServer(workspace, "mosquitto") { port in
            try FileManager.default.createDirectory(atPath: workspace.path("kept"), withIntermediateDirectories: true)
            let lines = """
                listener \(port) 127.0.0.1
                max_queued_messages 0
                queue_qos0_messages true
                persistence true
                persistence_location \(workspace.path("kept"))/
                \(NSUserName() == "root" ? "user root" : "")
                \(settings)
                """
            try workspace.write(lines, to: "mosquitto.conf")
            return ["-c", workspace.path("mosquitto.conf")]
        }
    }

    /// nats-server with JetStream.
    static func nats(
        _ workspace: Workspace,
        _ options: String...,
        on disk: SmallDisk? = nil
    ) throws -> BrokerServer {
        let words = (disk?.command ?? []) + ["nats-server"]
        return try BrokerServer(workspace, words[0]) { port in
            words.dropFirst() + ["-a", "127.0.0.1", "-p", "\(port)", "-js", "-sd", workspace.path("streams")] + options
        }
    }

    /// Starts it, and waits until it listens.
    func start() throws {
        process = try workspace.startProgram([program] + arguments)
        try wait(of: process, or: "\(program) does not listen; if it is missing, run ./setup --tests") {
            Self.connects(to: port) ? () : nil
        }
    }

    /// Ends it, as a restart does: it keeps what it keeps.
    func stop() throws {
        process?.send(SIGTERM)
        _ = try process?.outcome()
        process = nil
    }

    static func freePort() throws -> Int {
        try withSocket { socket, address, length in
            try #require(bind(socket, address, length) == 0)
            var size = length
            try #require(getsockname(socket, address, &size) == 0)
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { Int($0.pointee.sin_port.byteSwapped) }
        }
    }

    private static func connects(to port: Int) -> Bool {
        withSocket(port: port) { connect($0, $1, $2) == 0 }
    }

    private static func withSocket<Result>(
        port: Int = 0,
        _ body: (Int32, UnsafeMutablePointer<sockaddr>, socklen_t) throws -> Result
    ) rethrows -> Result {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
