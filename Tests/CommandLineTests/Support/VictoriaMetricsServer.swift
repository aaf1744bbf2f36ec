import Foundation
import Testing

/// A real VictoriaMetrics server of a test's own, with its data in the test's folder; it ends with the test.
final class VictoriaMetricsServer {
    private let workspace: Workspace
    private let options: [String]
    private let disk: SmallDisk?
    private var process: RunningProcess?
    /// Where it listens.
    let port: Int

    /// The URL of the target.
    var url: String { "victoriametrics://127.0.0.1:\(port)" }

    /// What its own URLs begin with.
    var base: String { "http://127.0.0.1:\(port)" }

    init(_ workspace: Workspace, _ options: [String] = [], on disk: SmallDisk? = nil) throws {
        self.workspace = workspace
        self.disk = disk
        self.options = options
        port = try workspace.freePort()
        try start()
    }

    /// Starts it, and waits until it answers.
    func start() throws {
        let known = options.contains { $0.hasPrefix("-retentionPeriod") } ? [] : ["-retentionPeriod=100y"]
        let arguments = [
            "victoria-metrics", "-storageDataPath=\(workspace.path("vm"))", "-httpListenAddr=127.0.0.1:\(port)",
            "-memory.allowedBytes=256MB", "-loggerLevel=ERROR",
        ]
        let process = try workspace.startProgram((disk?.command ?? []) + arguments + known + options)
        self.process = process
        try wait(of: process, or: "VictoriaMetrics does not answer") {
            try workspace.shell("curl -s -o /dev/null \(base)/health").status == 0 ? () : nil
        }
    }

    /// Whether it has not ended by itself.
    var isRunning: Bool { process?.isRunning ?? false }

    /// Ends it at once, as a crash would.
    func kill() throws {
        process?.send(SIGKILL)
        _ = try process?.outcome()
        process = nil
    }

    /// What it answers to a request that curl makes.
    @discardableResult
    func ask(_ path: String, _ options: String = "") throws -> String {
        let outcome = try workspace.shell("curl -s -S -f \(options) '\(base)\(path)'")
        try #require(outcome.status == 0, "\(path) \(outcome.errors)")
        return outcome.output
    }

    /// Imports lines of its own format.
    func put(_ lines: String) throws {
        try workspace.write(lines, to: "lines.json")
        try ask("/api/v1/import", "-T \(workspace.path("lines.json"))")
        try ask("/internal/force_flush")
    }

    /// The number of samples of series.
    func count(_ selector: String) throws -> Int {
        let encoded = selector.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        try ask("/internal/force_flush")
        let lines = try ask("/api/v1/export?match[]=\(encoded)", "-g").split(separator: "\n")
        struct Line: Decodable { var values: [Double] }
        return try lines.reduce(0) { try $0 + JSONDecoder().decode(Line.self, from: Data($1.utf8)).values.count }
    }
}

extension Workspace {
    /// Starts a program that is found by its name; the folders of servers are not in everybody's path.
    func startProgram(_ words: [String]) throws -> RunningProcess {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin") + ":/usr/sbin"
        return try RunningProcess(URL(filePath: "/usr/bin/env"), words, in: folder, environment: ["PATH": path])
    }
}
