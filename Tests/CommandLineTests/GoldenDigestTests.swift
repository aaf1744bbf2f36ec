import DatasetGen
import Foundation
import Testing

/// What seeds mean: it changes by decision, with a version, never by accident, and `scripts/golden-digests` says how.
@Suite("Golden digests", .timeLimit(.minutes(30)))
struct GoldenDigestTests {
    private static let folder = Locations.package.appending(path: "Tests/CommandLineTests/Golden")

    /// The recipes in the folder, by name.
    private static let recipes: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
        return (names ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// The pinned digests of a recipe, by what they are of.
    private func pinned(_ recipe: String) throws -> [String: String] {
        let table = try String(contentsOf: Self.folder.appending(path: "digests.txt"), encoding: .utf8)
        let lines = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        return Dictionary(uniqueKeysWithValues: lines.filter { $0[0] == recipe }.map { ($0[1], $0[2]) })
    }

    private func generate(_ recipe: String, _ options: String...) throws -> Summary {
        let path = Self.folder.appending(path: recipe + ".yaml").path()
        let outcome = try workspace.run(["recipe", path, "--json", "-o", recipe] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try outcome.decoded()
    }

    @Test("pin the content, the texts and the events of recipes that reach every model", arguments: recipes)
    func digests(recipe: String) throws {
        let summary = try generate(recipe, "--threads", "2")
        var found = ["content": summary.contentSHA256]
        for line in try workspace.text("\(recipe)/SHA256SUMS").split(separator: "\n") {
            let (digest, name) = (String(line.prefix(64)), String(line.dropFirst(66)))
            if ["readings.csv", "readings.jsonl", "events.csv"].contains(name) { found[name] = digest }
        }
        #expect(found.count == 4)
        #expect(try found == pinned(recipe), "the data of a seed have changed; see scripts/golden-digests")
    }

    @Test("are of recipes that reach every part, supply, climate, order, form of times, shape and mode")
    func coverage() throws {
        #expect(Self.recipes.count >= 10)
        var recipes = ""
        var events = ""
        for recipe in Self.recipes {
            _ = try generate(recipe)
            recipes += try workspace.text("\(recipe)/recipe.yaml")
            events += try workspace.text("\(recipe)/events.csv")
        }
        var stated = SensorPart.allCases.map { "part: \($0.rawValue)" }
        stated += PowerSupply.allCases.map { "supply: \($0.rawValue)" }
        // A resolved recipe names the edition of a city's climate.
        stated += Climate.allCases.filter { $0 != .city }.map { "climate: \($0.rawValue)" }
        stated += ["time", "sensor", "\"window=2h\""].map { "order: \($0)" }
        stated += TimestampStyle.allCases.map { "timestamps: \($0.rawValue)" }
        stated += ["interval: \"1ms\"", "interval: \"7s\"", "interval: \"1d\"", "clean: true"]
        let lines = Set(recipes.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
        #expect(stated.filter { !lines.contains($0) } == [])
        #expect(recipes.contains("- at: "))
        let shapes = lines.filter { $0.hasPrefix("shape: ") }.flatMap { $0.split { !$0.isLetter } }
        #expect(AnomalyShape.allCases.filter { shape in !shapes.contains { $0 == shape.rawValue } } == [])
        var happened = AnomalyType.allCases.map(\.name)
        happened += MissingMode.allCases.map(\.rawValue) + Difficulty.allCases.map(\.rawValue)
        #expect(happened.filter { !events.contains(",\($0),") } == [])
        #expect(events.contains("2024-02-29T"))
    }
}
