import Foundation
import Testing

@Suite("Exports for benchmarks of anomaly detection", .timeLimit(.minutes(30)))
struct ExportTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private static func recipe(
        modes: String = "[stuck, sentinel, rail]",
        splits: String = "{test_from: 8h, embargo: 30m}"
    ) -> String {
        """
        dataset: {name: "export_1", seed: 11, start: 2025-01-01, duration: 16h}
        simulation: {interval: 1m}
        fleet: [{count: 4, prefix: A, location: Oslo}, {count: 3, prefix: B, location: Lima}]
        anomalies:
          probability: 0.1
          types: {spike: {}, trend: {duration: 20m}, missing_data: {duration: 10m, modes: \(modes)}}
        outputs:
          csv: {columns: [timestamp, sensor_id, temperature, humidity, pressure, voltage, clean_temperature, clean_humidity,
            clean_pressure, clean_voltage, anomaly_flag, anomaly_type, event_id, split]}
          clean: true
        splits: \(splits)
        """
    }

    private func generate(_ recipe: String) throws {
        try workspace.write(recipe, to: "export.yaml")
        let outcome = try workspace.run("recipe", "export.yaml", "-o", "data")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    private struct Summary: Decodable {
        var series: Int
        var anomalies: Int
        var skipped: Int
    }

    @Test(
        "are read as their tools read them, and say what the rows say",
        arguments: ["timeeval", "tsb-ad", "nab", "ucr"]
    )
    func benchmarks(format: String) throws {
        try generate(Self.recipe())
        let options = format == "ucr" ? ["--limit", "12"] : []
        let outcome = try workspace.run(["export", "data", "--as", format, "--json"] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let summary = try outcome.decoded(as: Summary.self)
        let export = workspace.path("data-\(format)")
        let findings: Findings = try workspace.read(with: "exports", format, export, workspace.path("data"))
        #expect(findings.problems == [])
        #expect(findings["series"] == summary.series && summary.series > 6)
        // TimeEval has each series for three ways of training.
        #expect(findings["anomalies"] == summary.anomalies * (format == "timeeval" ? 3 : 1))
        // aeon loads each test three times, and what two of those train on.
        #expect(findings["loaded"] == (format == "timeeval" ? 5 * summary.series : 0))
    }

    @Test("of windows have NaN for what is missing, and no window is in two parts")
    func windows() throws {
        try generate(Self.recipe(modes: "[null]"))
        let outcome = try workspace.run("export", "data/", "--as", "npy", "--window", "20", "--stride", "7", "--json")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let summary = try outcome.decoded(as: Summary.self)
        let findings: Findings = try workspace.read(
            with: "exports",
            "npy",
            workspace.path("data-npy"),
            workspace.path("data")
        )
        #expect(findings.problems == [])
        #expect(findings["series"] == summary.series && summary.series > 500)
        #expect(findings["anomalies"] == summary.anomalies && summary.anomalies > 50)
    }

    @Test("are refused with the reason where a format cannot hold the dataset")
    func refusals() throws {
        func refusal(_ recipe: String, _ arguments: String...) throws -> String {
            try workspace.write(recipe, to: "export.yaml")
            let made = try workspace.run("recipe", "export.yaml", "-o", "data", "--overwrite")
            try #require(made.status == 0, "\(made.errors)")
            let outcome = try workspace.run(["export", "data"] + arguments)
            #expect(outcome.status == 65, "\(outcome.status)")
            #expect(try workspace.names() == ["data", "export.yaml"])
            return outcome.errors
        }
        let whole = Self.recipe().components(separatedBy: "\nsplits:")[0].replacing(", split]", with: "]")
        #expect(try refusal(whole, "--as", "ucr").contains("the recipe has no splits by time"))
        #expect(try refusal(Self.recipe(splits: "{by: sensor}"), "--as", "tsb-ad").contains("no splits by time"))
        #expect(try refusal(Self.recipe(modes: "[null, rail]"), "--as", "nab").contains("readings without values"))
        #expect(try refusal(Self.recipe(), "--as", "npy", "--window", "5000").contains("--window can be less"))
        let late = "dataset: {duration: 1h}\ndelivery: {jitter: 1s}\noutputs: [csv]\n"
        #expect(try refusal(late, "--as", "npy").contains("the recipe has a section delivery"))
        let door = "metrics: {door: {model: state, states: {closed: 0.9, open: 0.1}, dwell: 90s}}\noutputs: [csv]\n"
        #expect(try refusal(door, "--as", "nab").contains("the metric door has states"))
    }

    @Test("need a format, a new folder and options that mean something")
    func usage() throws {
        try generate(Self.recipe())
        let unknown = try workspace.run("export", "data", "--as", "arff")
        #expect(unknown.status == 64 && unknown.errors.contains("arff is not one of timeeval, tsb-ad, nab, ucr, npy"))
        let window = try workspace.run("export", "data", "--as", "nab", "--window", "5")
        #expect(window.status == 64 && window.errors.contains("--window means nothing with --as nab"))
        let taken = try workspace.run("export", "data", "--as", "nab", "-o", "data")
        #expect(taken.status == 73 && taken.errors.contains("it exists already"), "\(taken.errors)")
        let inside = try workspace.run("export", "data", "--as", "nab", "-o", "data/nab")
        #expect(inside.status == 73 && inside.errors.contains("data is the folder of a dataset"), "\(inside.errors)")
        let none = try workspace.run("export", "nowhere", "--as", "nab")
        #expect(none.status == 66, "\(none.errors)")
    }
}
