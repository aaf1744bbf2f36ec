import Foundation
import Testing

@Suite("A file for each part of the splits", .timeLimit(.minutes(30)))
struct SplitFileTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private static func recipe(
        _ splits: String,
        others: String = "",
        outputs: String = "[csv, jsonl, {parquet: {row_group: 16384}}]"
    )
        -> String
    {
        """
        dataset: {name: parts, seed: 3, start: 2025-01-01, duration: 1d}
        simulation: {interval: 2m}
        random_location: {enabled: true, number_of_cities: 6}
        fleet: [{count: 24, prefix: S}, {count: 12, prefix: SLOW, interval: 10m}]
        anomalies:
          probability: 0.3
          types:
            trend: {duration: 2h}
            missing_data: {duration: 30m, modes: [null, omit]}
        outputs: \(outputs)
        splits: \(splits)
        \(others)
        """
    }

    @Test(
        "has the rows that say so, in CSV, JSON Lines and Parquet, and verifies",
        arguments: [
            ("{test_from: 16h}", ""),
            ("{validation_from: 10h, test_from: 16h, embargo: 1h, normal_only: true}", "dataset.order=sensor"),
            ("{by: sensor, test_share: 0.3, validation_share: 0.3, seed: 4}", "outputs.csv.layout=narrow"),
            ("{by: city, test_share: 0.4}", "outputs.csv.compression=none"),
            ("{by: forward, first_fold: 10h, fold: 4h, embargo: 15m}", "outputs.jsonl.compression=zstd"),
            ("{by: sensor}", "delivery={jitter: 3m, duplicates: {share: 0.1}, loss: 0.05, order: arrival}"),
        ]
    )
    func rows(splits: String, set: String) throws {
        try workspace.write(Self.recipe(splits), to: "r.yaml")
        let options = set.isEmpty ? [] : ["--set", set]
        for (folder, files) in [("whole", "false"), ("parts", "true")] {
            let arguments = ["recipe", "r.yaml", "-o", folder, "--set", "splits.files=\(files)"] + options
            let outcome = try workspace.run(arguments)
            try #require(outcome.status == 0, "\(outcome.errors)")
            for options in [[], ["--regenerate"]] {
                let verified = try workspace.run(["verify", folder] + options)
                #expect(verified.status == 0, "\(folder): \(verified.errors)\(verified.output)")
            }
        }
        let findings: Findings = try workspace.read(
            with: "split_files",
            workspace.path("whole"),
            workspace.path("parts")
        )
        #expect(findings.problems == [])
        #expect(findings["files"] % 3 == 0 && findings["files"] >= 6 && findings["rows"] > 20_000)
        #expect(try !workspace.names(in: "parts").contains { $0.hasPrefix("readings.") })
        // A row that is missing is found.
        let name = try #require(
            try workspace.names(in: "parts").first { $0.hasPrefix("readings-") && $0.contains("csv") }
        )
        let reader = name.hasSuffix("gz") ? "zcat" : "cat"
        let writer = name.hasSuffix("gz") ? "gzip -n" : "cat"
        let change = "cp -r parts changed && \(reader) parts/\(name) | sed '$ d' | \(writer) > changed/\(name)"
        #expect(try workspace.shell(change).status == 0)
        let verified = try workspace.run("verify", "changed", "--regenerate")
        #expect(verified.status == 76 && verified.errors.contains("\(name): it ends before row "), "\(verified.errors)")
    }

    @Test("has the same bytes on any number of threads, after an interruption, and of the resolved recipe")
    func bytes() throws {
        try workspace.expectSameBytes(
            of: """
                dataset: {name: long, seed: 5, duration: 8000s}
                replicas: {count: 100}
                outputs: {csv: true, parquet: {row_group: 16384}}
                splits: {by: sensor, validation_share: 0.1, files: true}
                """,
            threads: "3"
        )
    }

    @Test("stands beside Arrow, which has all readings and says their parts")
    func arrow() throws {
        try workspace.write(Self.recipe("{test_from: 16h}", outputs: "[csv, arrow]"), to: "r.yaml")
        try workspace.generate("r.yaml", to: "parts", "--set", "splits.files=true", "--set", "fleet.0.count=2")
        let names = ["readings-test.csv.gz", "readings-train.csv.gz", "readings.arrow"]
        #expect(try workspace.names(in: "parts").filter { $0.hasPrefix("readings") } == names)
        let verified = try workspace.run("verify", "parts")
        #expect(verified.status == 0 && verified.notes.isEmpty, "\(verified.output)\(verified.errors)")
        for name in names.prefix(2) {
            #expect(
                verified.output.firstMatch(of: try Regex("\(name): it has [0-9,]+ rows, all as in readings.arrow"))
                    != nil
            )
        }
    }

    @Test("is named by the packages")
    func packages() throws {
        let outputs = "[csv, sqlite]"
        try workspace.write(
            Self.recipe(
                "{validation_from: 10h, test_from: 16h, embargo: 1h, files: true}",
                others: "package: [huggingface, croissant, frictionless]",
                outputs: outputs
            )
            .replacing(
                "{name: parts,",
                with:
                    "{description: a, license: MIT, creator: b, url: 'https://c.d', date_published: 2025-01-01, name: parts,"
            ),
            to: "r.yaml"
        )
        try workspace.generate("r.yaml", to: "parts", "--duration", "20h", "--set", "fleet.0.count=3")
        let findings: Findings = try workspace.read(with: "packages", workspace.path("parts"))
        #expect(findings.problems == [] && findings["huggingface"] > 10_000 && findings["croissant"] > 10_000)
        let card = try workspace.text("parts/README.md")
        for split in ["train", "validation", "test"] {
            #expect(
                card.contains("- split: \(split)\n        path: \"readings-\(split).csv.gz\""),
                "\(card.prefix(900))"
            )
        }
        // The database beside the files has all readings, and tells their parts.
        struct Row: Decodable { var split: String? }
        let rows: [Row] = try workspace.query("SELECT DISTINCT split FROM sensor_data", of: "parts/readings.sqlite")
        #expect(Set(rows.map(\.split)) == [nil, "train", "validation", "test"])
    }

    @Test("is told of all rows by the column elsewhere: standard output, and formats without such files")
    func elsewhere() throws {
        let recipe = Self.recipe("{test_from: 16h, files: true}", outputs: "[csv]")
        try workspace.write(recipe, to: "r.yaml")
        let stream = try workspace.run("recipe", "r.yaml", "-o", "-", "--to", "2025-01-01T00:02:00Z", "-q")
        #expect(stream.output.hasPrefix("id,") && stream.output.contains(",train\n"), "\(stream.output.prefix(400))")
        let refused = try workspace.run("recipe", "r.yaml", "-o", "none", "--format", "sqlite,influx")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("splits.files: no output has a file for each part; csv, jsonl and parquet do"))
        // Without a file that tells all readings there is nothing to audit.
        try workspace.generate("r.yaml", to: "parts")
        let audit = try workspace.run("audit", "parts")
        #expect(audit.status == 66)
        #expect(audit.errors.contains("readings-train.csv.gz: it has the readings of train alone"), "\(audit.errors)")
    }
}
