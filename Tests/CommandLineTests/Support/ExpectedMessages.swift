import Foundation
import Testing

/// The readings of a dataset as messages.
struct ExpectedMessages {
    /// The lines of the file, in its order.
    let lines: [String]
    /// Whose they are.
    let sensors: [String]

    private struct Line: Decodable { var sensor_id: String }

    /// Generates the dataset of a recipe, and reads its JSON Lines.
    init(_ recipe: String, in workspace: Workspace, _ options: [String] = []) throws {
        let arguments = ["recipe", recipe, "-o", "expected", "--format", "jsonl", "--overwrite"]
        let outcome = try workspace.run(arguments + ["--set", "outputs.jsonl.compression=none"] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        lines = Self.split(try workspace.text("expected/readings.jsonl"))
        sensors = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)).sensor_id }
    }

    /// Each message behind where it goes and a tab.
    func addressed(_ address: (String) -> String) -> [String] { zip(sensors, lines).map { "\(address($0))\t\($1)" } }

    /// The lines of readings that arrive by a time, in their order: what does so behind the last readings of a live run, nobody hears
    /// of.
    func arrived(by end: String) throws -> [String] { try lines.filter { try Self.arrival(of: $0) <= end } }

    /// When the reading of a line arrives.
    static func arrival(of line: String) throws -> String {
        let found = try #require(line.firstMatch(of: /"arrival_time":"([^"]+)"/), "\(line)")
        return String(found.1)
    }

    /// The lines of a text.
    static func split(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }
}
