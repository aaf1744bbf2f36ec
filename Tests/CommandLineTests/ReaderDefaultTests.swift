import Foundation
import Testing

/// What pandas, Polars, DuckDB and PyArrow make of the files when nobody tells them anything.
@Suite("Readers at their defaults", .timeLimit(.minutes(30)))
struct ReaderDefaultTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    @Test("keep every value of the bundled recipes, in CSV and in Parquet")
    func bundled() throws {
        var folders: [String] = []
        for name in Locations.recipeNames {
            let text = try String(contentsOf: Locations.recipes.appending(path: name), encoding: .utf8)
            let sensors = text.contains("\nreplicas:") ? ["--sensors", "3"] : []
            let arguments = ["recipe", name, "-o", name + ".d", "--duration", "6m", "--format", "csv,parquet"]
            let outcome = try workspace.run(arguments + sensors)
            try #require(outcome.status == 0, "\(outcome.errors)")
            folders.append(workspace.path(name + ".d"))
        }
        let findings = try changes(folders)
        #expect(findings.problems == [])
        #expect(findings["cells"] > 500_000)
    }

    @Test("keep words that look like numbers, or like nothing, in Parquet; in CSV they do not, as the pages say")
    func words() throws {
        let recipe = """
            dataset: {name: words, seed: 4, duration: 10m}
            simulation: {interval: 10s}
            fleet:
              - {count: 2, prefix: "0012", location: Windhoek, firmware_version: "1.10", model: "NaN", manufacturer: "None"}
              - {count: 1, prefix: "1E5", location: Oslo, firmware_version: "1.1", model: "007", manufacturer: "null"}
            anomalies: {probability: 0.2, types: {missing_data: {duration: 1m, modes: [blank, omit]}, spike: {}}}
            outputs: [csv, parquet]
            """
        try workspace.write(recipe, to: "words.yaml")
        try workspace.generate("words.yaml", to: "words")
        let parquet = try changes(["parquet:" + workspace.path("words")])
        #expect(parquet.problems == [] && parquet["cells"] > 10_000)
        let csv = try changes([workspace.path("words")])
        // Of the files' own words none is changed, `blank` among them.
        let names = ["readings", "sensors"]
            .flatMap { table in
                ["firmware_version", "model", "manufacturer", "country"].map { "csv: \(table).\($0) by " }
            }
        #expect(csv.problems.allSatisfy { problem in names.contains { problem.hasPrefix($0) } }, "\(csv.problems)")
        #expect(csv.problems.contains("csv: readings.firmware_version by pandas"))
        #expect(csv.problems.contains("csv: sensors.country by pandas"))
    }

    private func changes(_ folders: [String]) throws -> Findings {
        let script = [Locations.reader("defaults")] + folders
        let outcome = try RunningProcess(Locations.python(), script, in: workspace.folder).outcome()
        try #require(outcome.status == 0, "if a module is missing, run ./setup --tests: \(outcome.errors)")
        return try outcome.decoded()
    }
}
