import Foundation
import Testing

extension Workspace {
    /// Makes `truth/` by a recipe and learns `learnt.yaml` from its readings, which must be a recipe; gives its text.
    func learnt(from truth: String) throws -> String {
        try write(truth, to: "truth.yaml")
        try generate("truth.yaml", to: "truth")
        let outcome = try run("learn", "truth/readings.csv.gz", "-o", "learnt.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let recipe = try text("learnt.yaml")
        let checked = try run("recipes", "check", "learnt.yaml")
        #expect(checked.status == 0, "\(checked.errors)\(recipe)")
        return recipe
    }

    /// How well days of a dataset are told from those of a file.
    func toldApart(_ dataset: String, from file: String = "truth/readings.csv.gz") throws -> ToldApart {
        struct Report: Decodable { var against: ToldApart }
        let outcome = try run("audit", dataset, "--against", file, "--json")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let report: Report = try outcome.decoded()
        return report.against
    }

    /// The lines of a metric in a learnt recipe without what they are indented by, comments in front included.
    static func block(_ metric: String, of recipe: String) -> [String] {
        let lines = recipe.split(separator: "\n").map(String.init)
        guard let place = lines.firstIndex(of: "  \(metric):") else { return [] }
        let begin = lines[..<place].lastIndex { !$0.hasPrefix("  #") }.map { $0 + 1 } ?? 0
        let end = lines[(place + 1)...].firstIndex { !$0.hasPrefix("    ") } ?? lines.endIndex
        return lines[begin..<end].map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The number of a key, where some lines have it for the first time.
    static func number(_ key: String, in lines: some Sequence<String>) -> Double? {
        for line in lines {
            let parts = line.replacing("- ", with: "").split(separator: ": ")
            if parts.count == 2, parts[0] == key, let number = Double(parts[1]) { return number }
        }
        return nil
    }
}

/// How well days of a dataset are told from days of a file, as `audit --against` has it.
struct ToldApart: Decodable {
    struct Figure: Decodable {
        /// Nil for all metrics together.
        var metric: String?
        var auc_raw: Double?
        var floor_raw: Double?
    }
    var days: Int
    var metrics: [Figure]

    /// By a metric, or by all together.
    subscript(metric: String?) -> Figure? { metrics.first { $0.metric == metric } }
}
