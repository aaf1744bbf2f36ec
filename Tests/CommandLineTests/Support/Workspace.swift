import Foundation
import Testing

/// A temporary folder in which a test runs the tool; it is removed at the end.
final class Workspace {
    /// The folder.
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "gen-dataset-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// The absolute path of a file in the folder.
    func path(_ name: String) -> String { folder.appending(path: name).path() }

    /// Whether there is a file or folder of this name.
    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// The names in the folder, or in one below, sorted.
    func names(in name: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
    }

    /// The bytes of a file.
    func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: path(name))) }

    /// The text of a file.
    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// Writes a file.
    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    /// Writes a file.
    func write(_ bytes: Data, to name: String) throws { try bytes.write(to: URL(filePath: path(name))) }

    /// Removes a file or folder.
    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    /// Starts the tool in the folder.
    func start(_ arguments: String..., environment: [String: String] = [:]) throws -> RunningProcess {
        try RunningProcess(Locations.tool, arguments, in: folder, environment: environment)
    }

    /// Starts the tool in the folder.
    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> RunningProcess {
        try RunningProcess(Locations.tool, arguments, in: folder, environment: environment)
    }

    /// Runs the tool in the folder.
    func run(_ arguments: String..., environment: [String: String] = [:], input: String = "") throws -> Outcome {
        try run(arguments, environment: environment, input: input)
    }

    /// Runs the tool in the folder.
    func run(_ arguments: [String], environment: [String: String] = [:], input: String = "") throws -> Outcome {
        try RunningProcess(Locations.tool, arguments, in: folder, environment: environment, input: input).outcome()
    }

    /// Runs a line of shell in the folder; `$TOOL` is the tool.
    func shell(_ line: String) throws -> Outcome {
        let shell = URL(filePath: "/bin/sh")
        let environment = ["TOOL": Locations.tool.path()]
        return try RunningProcess(shell, ["-c", line], in: folder, environment: environment).outcome()
    }

    /// Generates a dataset that must succeed.
    func generate(
        _ recipe: String,
        to output: String,
        _ options: String...,
        environment: [String: String] = [:]
    ) throws {
        let outcome = try run(["recipe", recipe, "-o", output] + options, environment: environment)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// The files in which two folders differ.
    func differences(_ one: String, _ other: String) throws -> [String] {
        try Set(names(in: one)).union(names(in: other)).sorted()
            .filter { name in
                let (left, right) = (try? bytes("\(one)/\(name)"), try? bytes("\(other)/\(name)"))
                return left == nil || left != right
            }
    }
}
