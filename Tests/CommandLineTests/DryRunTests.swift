import Foundation
import Testing

@Suite("A dry run", .timeLimit(.minutes(30)))
struct DryRunTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
    }

    @Test("prints the resolved recipe, which is a recipe for the same dataset, and writes nothing")
    func resolved() throws {
        let dry = try workspace.run("recipe", "nasty.yaml", "--dry-run", "--seed", "3")
        #expect(dry.status == 0)
        #expect(dry.errors == "")
        #expect(dry.output.contains("4,320 readings"))
        #expect(try workspace.names() == ["nasty.yaml"])
        try workspace.write(dry.output, to: "resolved.yaml")
        try workspace.generate("nasty.yaml", to: "original", "--seed", "3")
        try workspace.generate("resolved.yaml", to: "resolved", environment: ["SENSOR_INTERVAL": "1"])
        #expect(try workspace.differences("original", "resolved") == [])
    }

    @Test("estimates the bytes well enough to plan a disk", arguments: ["gzip", "zstd"])
    func estimate(method: String) throws {
        struct Estimate: Decodable {
            struct File: Decodable {
                var path: String
                var estimated_bytes: Int
            }
            var readings: Int
            var estimated_bytes: Int
            var files: [File]
            var recipe: String
        }
        let options = [
            "--set", "outputs={csv: {compression: \(method)}, jsonl: {compression: \(method)}, sqlite: {}}",
        ]
        let dry = try workspace.run(["recipe", "nasty.yaml", "--dry-run", "--json"] + options)
        #expect(dry.output.split(separator: "\n").count == 1)
        let estimate: Estimate = try dry.decoded()
        let text = try workspace.run(["recipe", "nasty.yaml", "--dry-run"] + options).output
        #expect(estimate.recipe.hasSuffix("\n") && text.hasPrefix(estimate.recipe + "# "))
        #expect(estimate.readings == 4_320)
        #expect(estimate.estimated_bytes == estimate.files.reduce(0) { $0 + $1.estimated_bytes })
        #expect(try workspace.names() == ["nasty.yaml"])
        #expect(try workspace.run(["recipe", "nasty.yaml", "-o", "out"] + options).status == 0)
        let small = ["events.csv", "sensors.csv", "recipe.yaml", "manifest.json"]
        #expect(estimate.files.map(\.path).suffix(4) == small[...])
        #expect(estimate.files.count == 7)
        for file in estimate.files {
            let size = Double(try workspace.bytes("out/\(file.path)").count)
            // A small file may be off by some kilobytes.
            if abs(Double(file.estimated_bytes) - size) < 6_000 { continue }
            let ratio = Double(file.estimated_bytes) / size
            #expect((0.8...1.25).contains(ratio), "\(file.path): \(ratio)")
        }
    }

    @Test("of a live run lists what that writes, and none of the recipe's outputs")
    func live() throws {
        let options = ["--dry-run", "--realtime", "--quiet", "--set", "outputs=[csv, parquet, clean]"]
        let plain = try workspace.run(["recipe", "nasty.yaml"] + options)
        #expect(plain.status == 0 && plain.output.contains("4,320 readings"), "\(plain)")
        #expect(plain.output.contains("#   data/sensor_data.db  ") && !plain.output.contains("#   readings."))
        #expect(!plain.output.contains("manifest.json") && plain.output.contains("  parquet:"), "\(plain.output)")
        let database = #"database={path: here.db, json_lines: lines.jsonl}"#
        let named = try workspace.run(["recipe", "nasty.yaml", "--set", database] + options)
        #expect(named.output.contains("#   here.db  ") && named.output.contains("#   lines.jsonl  "), "\(named)")
        #expect(try workspace.names() == ["nasty.yaml"])
    }

    @Test("does not touch a dataset of this name")
    func existing() throws {
        try workspace.generate("nasty.yaml", to: "datasets/nasty")
        let before = try workspace.bytes("datasets/nasty/SHA256SUMS")
        #expect(try workspace.run("recipe", "nasty.yaml", "--dry-run", "--overwrite", "--seed", "1").status == 0)
        #expect(try workspace.bytes("datasets/nasty/SHA256SUMS") == before)
    }
}
