import Foundation
import Testing

@Suite("Splits for those who learn", .timeLimit(.minutes(30)))
struct SplitTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Events that last, so that some lie over every border.
    private static func recipe(_ splits: String, sensors: Int = 12, duration: String = "30h", order: String = "time")
        -> String
    {
        """
        dataset: {name: split, seed: 3, start: 2025-01-01, duration: \(duration), order: \(order)}
        simulation: {interval: 1m}
        random_location: {enabled: true, number_of_cities: 6}
        fleet: [{count: \(sensors), prefix: S}, {count: 6, prefix: SLOW, interval: 5m}]
        anomalies:
          probability: 0.3
          types:
            trend: {duration: 2h}
            missing_data: {duration: 30m, modes: [null, omit]}
        outputs: {sqlite: true, csv: true, jsonl: true}
        splits: \(splits)
        """
    }

    private func generate(_ recipe: String, to name: String, _ options: String...) throws {
        try workspace.write(recipe, to: "\(name).yaml")
        let outcome = try workspace.run(["recipe", "\(name).yaml", "-o", name] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test(
        "are what intervals, events and sensors say, in all formats and in the manifest",
        arguments: [
            "{test_from: 20h}", "{validation_from: 12h, test_from: 20h, embargo: 1h, normal_only: true}",
            "{by: sensor, test_share: 0.3, validation_share: 0.3, seed: 4}",
            "{by: city, test_share: 0.4, normal_only: true}", "{by: forward, first_fold: 10h, fold: 4h, embargo: 15m}",
        ]
    )
    func parts(splits: String) throws {
        for order in ["time", "sensor"] {
            try generate(Self.recipe(splits, order: order), to: order)
            let findings: Findings = try workspace.read(with: "splits", workspace.path(order))
            #expect(findings.problems == [])
            #expect(findings["rows"] > 20_000 && findings["events"] > 100 && findings["parts"] > 1)
            // Events lie over the borders.
            let isByTime = !splits.contains("sensor") && !splits.contains("city")
            #expect(findings["none"] > 0 || !isByTime && !splits.contains("normal_only"))
            for options in [[], ["--regenerate"]] {
                let verified = try workspace.run(["verify", order] + options)
                #expect(verified.status == 0, "\(verified.errors)\(verified.output)")
            }
        }
        let findings: Findings = try workspace.read(with: "splits", workspace.path("time"), workspace.path("sensor"))
        #expect(findings.problems == [] && findings["shared"] == findings["rows"])
    }

    @Test(
        "stay as the run and the fleet grow",
        arguments: [
            "{validation_from: 5h, test_from: 12h, embargo: 1h}", "{by: sensor, test_share: 0.4}", "{by: city}",
        ]
    )
    func growth(splits: String) throws {
        try generate(Self.recipe(splits, sensors: 14, duration: "16h"), to: "small")
        try generate(Self.recipe(splits, sensors: 40), to: "large")
        let findings: Findings = try workspace.read(with: "splits", workspace.path("small"), workspace.path("large"))
        #expect(findings.problems == [])
        #expect(findings["shared"] == findings["rows"] && findings["rows"] > 10_000)
    }

    @Test("change nothing else")
    func others() throws {
        let recipe = Self.recipe("{test_from: 20h}")
        try generate(recipe, to: "split")
        try generate(recipe.components(separatedBy: "\nsplits:")[0], to: "whole")
        let script =
            "zcat whole/readings.csv.gz > whole.csv; zcat split/readings.csv.gz | sed 's/,[a-z]*$//' | cmp - whole.csv"
        let cut = try workspace.shell(script)
        #expect(cut.status == 0, "\(cut.output)\(cut.errors)")
        let digests = try ["split", "whole"]
            .map { name in
                try #require(
                    try JSONDecoder().decode(Digest.self, from: workspace.bytes("\(name)/manifest.json")).content_sha256
                )
            }
        #expect(digests[0] == digests[1])
    }

    private struct Digest: Decodable {
        var content_sha256: String?
    }

    @Test("are audited for what parts have in common")
    func audit() throws {
        struct Report: Decodable {
            struct Splits: Decodable {
                var shared_events: Int
                var events: Int
                var shared_cities: Int
                var cities: Int
                var closest_seconds: Double?
                var windows_overlap: Bool
            }
            var splits: Splits
        }
        func report(_ splits: String) throws -> Report.Splits {
            try generate(Self.recipe(splits), to: "audited", "--overwrite")
            return try workspace.run("audit", "audited", "--json").decoded(as: Report.self).splits
        }
        let apart = try report("{test_from: 20h, embargo: 1h}")
        #expect(apart.shared_events == 0 && apart.events > 100 && apart.shared_cities == 0 && !apart.windows_overlap)
        #expect(apart.closest_seconds.map { $0 > 3_600 && $0 < 3_800 } ?? false)
        let close = try report("{test_from: 20h}")
        #expect(close.windows_overlap && close.closest_seconds == 60)
        let bySensor = try report("{by: sensor, test_share: 0.4}")
        #expect(bySensor.shared_cities > 0 && bySensor.closest_seconds == nil)
        let byCity = try report("{by: city, test_share: 0.4}")
        #expect(byCity.shared_cities == 0 && byCity.cities == 12)
    }

    @Test(
        "are refused where they cannot be",
        arguments: [
            ("{}", "splits.test_from: test_from is missing"),
            ("{by: forward}", "splits.fold: fold is missing"),
            ("{by: sensor, test_from: 1h}", "splits.test_from: means nothing by sensor"),
            ("{by: city, embargo: 1h}", "splits.embargo: means nothing by city"),
            ("{test_from: 1h, test_share: 0.2}", "splits.test_share: means nothing by time"),
            ("{test_from: 30h}", "splits.test_from: 1d6h is not before the end of the run"),
            ("{validation_from: 5h, test_from: 6h, embargo: 2h}", "is not before test_from, at 6h"),
            ("{by: forward, fold: 10m}", "there would be 180 folds"),
            ("{by: forward, fold: 1h, embargo: 1h}", "not longer than the embargo"),
            ("{by: sensor, test_share: 0.6, validation_share: 0.6}", "leave nothing to train on"),
            ("{by: sensor, test_share: 0.001}", "none of 18 sensors is drawn for \"test\"; splits.seed draws others"),
        ]
    )
    func refusals(splits: String, message: String) throws {
        try workspace.write(Self.recipe(splits), to: "refused.yaml")
        let outcome = try workspace.run("recipe", "refused.yaml", "-o", "refused")
        #expect(outcome.status == 65 && outcome.errors.contains(message), "\(outcome.status) \(outcome.errors)")
        #expect(outcome.errors.contains("refused.yaml:11:"), "\(outcome.errors)")
        // Nothing has to be generated to say so.
        for command in [["recipes", "check", "refused.yaml"], ["recipe", "refused.yaml", "--dry-run"]] {
            let checked = try workspace.run(command)
            #expect(checked.status == 65 && checked.errors == outcome.errors, "\(checked.errors)")
        }
    }

    @Test("serve the example of a detector, which finds what is easy")
    func example() throws {
        let page = Locations.package.appending(path: "docs/ml.md").path()
        let text = try String(contentsOfFile: page, encoding: .utf8)
        let command = try
            #require(text.components(separatedBy: "```bash\ngen-dataset ").dropFirst().first)
            .components(separatedBy: "\n```")[0]
        // A reading each two minutes is enough to see it.
        let outcome = try workspace.shell("\"$TOOL\" \(command) --set simulation.interval=2m")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let findings: Findings = try workspace.read(with: "learning", page, workspace.path(""))
        #expect(findings.problems == [] && findings["examples"] == 1)
    }

    @Test("have a column only where there are splits")
    func column() throws {
        try workspace.write("outputs: {csv: {columns: [timestamp, split]}}\n", to: "none.yaml")
        let outcome = try workspace.run("recipe", "none.yaml", "-o", "none")
        #expect(outcome.status == 65 && outcome.errors.contains("split is there only with the section splits"))
    }
}
