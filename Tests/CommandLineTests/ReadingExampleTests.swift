import Foundation
import Testing

/// What README and docs/data.md show of reading the files runs as it stands.
@Suite("The examples of reading", .timeLimit(.minutes(30)))
struct ReadingExampleTests {
    @Test("run, and keep every word as it was written", arguments: ["README.md", "docs/data.md"])
    func examples(page: String) throws {
        let workspace = try Workspace()
        // Words that readers take for no value, for numbers, truth or dates, unless they are told not to.
        let recipe = """
            dataset: {name: ml-training, seed: 4, duration: 6h}
            simulation: {interval: 10s}
            fleet:
              - {count: 2, prefix: "0012", location: Windhoek, firmware_version: "1.10", model: "NaN", manufacturer: "None"}
              - {count: 1, prefix: "1E5", location: Oslo, firmware_version: "1.1", model: "007", manufacturer: "null"}
              - {count: 1, prefix: "2024-01-02", location: Oslo, firmware_version: "2.0", model: "true", manufacturer: "NA"}
            anomalies: {probability: 0.2, types: {missing_data: {duration: 1m, modes: [blank, omit]}, spike: {}}}
            """
        try workspace.write(recipe, to: "words.yaml")
        try workspace.generate("words.yaml", to: "datasets/ml-training")
        let path = Locations.package.appending(path: page).path()
        let findings: Findings = try workspace.read(with: "examples", path, workspace.path(""))
        #expect(findings.problems == [])
        #expect(findings["examples"] > 1)
    }
}
