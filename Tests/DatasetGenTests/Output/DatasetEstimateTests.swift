import DatasetFiles
import DatasetGen
import Foundation
import Testing

@Suite("The estimate of a dataset's size")
struct DatasetEstimateTests {
    private let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
    }

    /// A bundled recipe, and what makes it small enough for a test.
    struct Case: CustomTestStringConvertible {
        var recipe: String
        var settings: [String] = []

        var testDescription: String { "\(recipe) \(settings.joined(separator: " "))" }
    }

    static let bundled: [Case] = [
        Case(recipe: "quickstart"), Case(recipe: "chaos-test"), Case(recipe: "degradation"),
        Case(recipe: "multi-location"), Case(recipe: "weather-stations"), Case(recipe: "cold-chain"),
        Case(recipe: "vibrating-machine"),
        Case(recipe: "load-test", settings: ["dataset.duration=3m"]),
        Case(recipe: "ml-training", settings: ["dataset.duration=9h"]),
    ]

    static let unusual: [Case] = [
        Case(recipe: "chaos-test", settings: ["outputs={csv: {compression: none}, jsonl: {compression: none}}"]),
        Case(
            recipe: "chaos-test",
            settings: ["outputs={csv: {compression: zstd}, jsonl: {compression: zstd}, clean: true}"]
        ),
        Case(
            recipe: "ml-training",
            settings: [
                "dataset.duration=9h", "dataset.order=sensor",
                "outputs.sqlite.indexes=[timestamp, sensor_id, temperature, anomaly_type, manufacturer]",
                "outputs.csv.timestamps=epoch_ms",
            ]
        ),
        Case(recipe: "chaos-test", settings: ["outputs={csv: {columns: [event_id, difficulty], compression: none}}"]),
        // One block, and a second one of a single reading.
        Case(recipe: "quickstart", settings: ["simulation.run_time_seconds=16385"]),
        Case(recipe: "multi-location", settings: ["dataset.duration=3m", "replicas.count=20000"]),
        Case(recipe: "chaos-test", settings: ["anomalies.types.trend.enabled=false", "outputs.sqlite.page_size=512"]),
        Case(recipe: "quickstart", settings: ["simulation.run_time_seconds=5", "anomalies.enabled=false"]),
    ]

    @Test("is right within a sixth, and never too small by much", arguments: bundled + unusual)
    func size(of example: Case) async throws {
        let plan = try plan(example)
        let estimate = DatasetEstimate(plan)
        let path = home.path(of: "set")
        _ = try await DatasetWriter(plan).write(to: path)
        var total = 0.0
        for file in estimate.files {
            let size = try size(ofFile: path + "/" + file.path)
            total += size
            // The smallest files may be off by some kilobytes, and how many events there are is a matter of chance.
            let least = file.path == "events.csv" ? 0.84 : 0.96
            let (low, high) = (
                size * least - 3_000, size * 1.16 + 8_000 + (file.path.hasSuffix(".sqlite") ? 90_000 : 0)
            )
            #expect((low...high).contains(Double(file.bytes)), "\(file.path): \(file.bytes), not \(size)")
        }
        let sums = try size(ofFile: path + "/SHA256SUMS")
        #expect(estimate.files.count == (try FileManager.default.contentsOfDirectory(atPath: path)).count - 1)
        #expect(Double(estimate.totalBytes) > (total + sums) * 0.97 - 4_000)
        #expect(Double(estimate.totalBytes) < total * 1.15 + 100_000)
    }

    @Test("counts what is there, and is held against the nearest folder that there is")
    func fits() throws {
        let plan = try plan(Case(recipe: "load-test", settings: ["dataset.duration=36500d"]))
        let estimate = DatasetEstimate(plan)
        let path = home.path(of: "a/b/set")
        let error = #expect(throws: FileError.self) { try estimate.check(fitsInto: path) }
        #expect(error?.isCreation == true)
        #expect(error?.path == path)
        let reason = try #require(error?.reason)
        #expect(
            reason.hasPrefix("it needs about ") && reason.contains(" is free at \(home.path); --ignore-space"),
            "\(reason)"
        )
        try estimate.check(fitsInto: path, bytesThere: estimate.totalBytes)
        let space = try DiskSpace(for: path)
        #expect(space.folder == home.path)
        #expect(space.freeBytes > 0 && space.freeBytes < estimate.totalBytes)
    }

    @Test("is asked before anything is made")
    func refusal() async throws {
        let plan = try plan(Case(recipe: "load-test", settings: ["dataset.duration=36500d"]))
        await #expect(throws: FileError.self) { try await DatasetWriter(plan).write(to: home.path(of: "a/set")) }
        #expect(home.names() == [])
    }

    private func plan(_ example: Case) throws -> GenerationPlan {
        let file = RecipeFiles.folder.appending(path: example.recipe + ".yaml")
        let reader = RecipeReader(overrides: example.settings.map { .set($0) })
        return try GenerationPlan(
            reader.read(bytes: Array(Data(contentsOf: file)), source: file.lastPathComponent, defaultName: "set").recipe
        )
    }

    private func size(ofFile path: String) throws -> Double {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.size] as? NSNumber)?.doubleValue ?? 0
    }
}
