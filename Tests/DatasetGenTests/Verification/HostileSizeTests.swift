import DatasetChecks
import DatasetFiles
import DatasetGen
import Foundation
import Testing

/// What a dataset costs to check is bounded by its size, whatever it says of itself.
// Beside hundreds of other tests, seconds become minutes.
@Suite(.timeLimit(.minutes(30)))
struct HostileSizeTests {
    private static let recipe = """
        dataset: {seed: 2, duration: 1m}
        replicas: {count: 2, prefix: H}
        anomalies: {probability: 0.1, types: {missing_data: {duration: 5s, max_duration: 5s, modes: [omit]}}}
        """

    /// Rows that would take years to make, of which only a minute is there.
    @Test(arguments: ["[csv]", "[jsonl]", "[sqlite]", "{csv: {}, sqlite: {}}"])
    func ofARecipeThatAsksForMoreThanThereIs(outputs: String) async throws {
        let bench = try await VerificationBench(Self.recipe + "\noutputs: \(outputs)")
        for hasEvents in [true, false] {
            for regenerates in [false, true] {
                let problems = try await bench.problems(regenerates: regenerates) { dataset in
                    try dataset.changeRecipe {
                        $0 = $0.replacing("start: \"2025", with: "start: \"1925")
                            .replacing(/duration: "1m"/, with: "duration: \"80000d\"")
                    }
                    if !hasEvents { try FileManager.default.removeItem(atPath: dataset.path + "/events.csv") }
                }
                #expect(!problems.isEmpty)
            }
        }
    }

    /// As many as may have been omitted: what the whole run would have to be made for is left out.
    @Test func ofARecipeThatAsksForSomewhatMore() async throws {
        let dataset = try await AuditedDataset(Self.recipe + "\noutputs: [csv]")
        let plan = try GenerationPlan(
            yaml: Self.recipe.replacing("duration: 1m", with: "duration: 100d") + "\noutputs: [csv]"
        )
        let report = try DatasetAuditor(folder: dataset.path, plan: plan).audit()
        #expect(report.findings.first { $0.kind == .missingRow }.map { $0.count > 1_000_000 } == true)
        #expect(!report.placement.contains { $0.subject == .otherSeed })
    }

    /// What events omit is in no file: a sound dataset may have hardly a row.
    @Test func ofADatasetThatOmitsNearlyAll() async throws {
        let dataset = try await AuditedDataset(
            """
            dataset: {seed: 1, duration: 30d}
            sensor: {id: S}
            anomalies:
              probability: 0.85
              types:
                {spike: {enabled: false}, trend: {enabled: false}, pattern: {enabled: false}, noise: {enabled: false},
                missing_data: {duration: 900d, max_duration: 9000d, modes: [omit]}}
            outputs: [csv]
            """
        )
        let recipe = dataset.plan.recipe
        #expect(try StoredFolder(dataset.path).problem(ofAmountsIn: recipe, fewReadings: 1_000) == nil)
        try dataset.change("events.csv") { $0.removeSubrange(1..<$0.count - 1) }
        let problem = try StoredFolder(dataset.path).problem(ofAmountsIn: recipe, fewReadings: 1_000)
        #expect(problem?.hasPrefix("it asks for 2,592,000 readings, far more than files of ") == true)
    }

    @Test func ofMoreSensorsThanThereAre() async throws {
        let bench = try await VerificationBench(Self.recipe)
        let problems = try await bench.problems { dataset in
            try dataset.changeRecipe { $0 = $0.replacing(/count: 2\n/, with: "count: 9999999\n") }
        }
        #expect(
            problems.contains { $0.hasPrefix("recipe.yaml: it has 9,999,999 sensors, which sensors.csv, of ") },
            "\(problems)"
        )
    }

    @Test func ofAListThatHasNoEnd() async throws {
        let dataset = try await AuditedDataset(Self.recipe)
        let sums = try dataset.bytes("SHA256SUMS")
        let more = (0..<200_000).map { String(repeating: "0", count: 64) + "  f\($0)\n" }.joined()
        try dataset.write(sums + Data(more.utf8), to: "SHA256SUMS")
        let problems = try await dataset.problems()
        #expect(problems.contains("SHA256SUMS: 199980 more files of the list are missing"), "\(problems.prefix(3))")
        #expect(problems.count < 30)
    }

    @Test(arguments: ["SHA256SUMS", "manifest.json", "recipe.yaml"])
    func ofASmallFileThatIsNone(name: String) async throws {
        let dataset = try await AuditedDataset(Self.recipe)
        try #require(truncate(dataset.path + "/" + name, 3 << 30) == 0)
        #expect(try await dataset.problems().contains("\(name): it is longer than 16 MiB: 3,221,225,472 bytes"))
    }

    @Test func ofAFolderFullOfOtherFiles() async throws {
        let dataset = try await AuditedDataset(Self.recipe)
        for number in 0..<500 { try dataset.write(Data(), to: "part-\(1_000 + number)") }
        let problems = try await dataset.problems()
        #expect(problems.first == "part-1000: it is no file of the dataset")
        #expect(problems.contains("the folder: 480 more of its files are none of the dataset's"), "\(problems)")
    }
}
