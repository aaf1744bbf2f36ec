import Foundation
import Testing

@Suite("The bundled recipes", .timeLimit(.minutes(30)))
struct GalleryTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    @Test("are the files of recipes/, each with a line on what it is for")
    func list() throws {
        struct Listing: Decodable {
            struct Entry: Decodable {
                var name: String
                var summary: String
            }
            var recipes: [Entry]
        }
        #expect(Locations.recipeNames.count >= 6)
        let listing: Listing = try workspace.run("recipes", "--json").decoded()
        #expect(listing.recipes.map(\.name).sorted() == Locations.recipeNames)
        #expect(listing.recipes.allSatisfy { $0.summary.count > 20 })
        let lines = try workspace.run("recipes").output.split(separator: "\n")
        #expect(lines.map { String($0.prefix { $0 != " " }) }.sorted() == Locations.recipeNames)
        #expect(try workspace.run("recipes", "list").output.split(separator: "\n") == lines)
    }

    @Test("are shown byte for byte, and check", arguments: Locations.recipeNames)
    func show(name: String) throws {
        let file = try Data(contentsOf: Locations.recipes.appending(path: name))
        let shown = try workspace.run("recipes", "show", name)
        #expect(shown.status == 0)
        #expect(Data(shown.output.utf8) == file)
        let stem = String(name.dropLast(".yaml".count))
        #expect(try workspace.run("recipes", "show", stem).output == shown.output)
        let check = try workspace.run("recipes", "check", name)
        #expect(check.status == 0)
        #expect(check.output.hasPrefix("ok: "), "\(check.output)")
        #expect(check.errors == "")
        // The dataset is called like the recipe.
        #expect(shown.output.contains("\n  name: \(stem)\n"))
    }

    @Test("generate small datasets that verify", arguments: Locations.recipeNames)
    func generation(name: String) throws {
        let text = try String(contentsOf: Locations.recipes.appending(path: name), encoding: .utf8)
        let sensors = text.contains("\nreplicas:") ? ["--sensors", "3"] : []
        let outcome = try workspace.run(["recipe", name, "--duration", "20m", "--json"] + sensors)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let summary: Summary = try outcome.decoded()
        #expect(summary.rows > 0)
        #expect(sensors.isEmpty || summary.sensors == 3)
        let verification = try workspace.run("verify", summary.folder)
        #expect(verification.status == 0, "\(verification.errors)")
        let findings: Findings = try workspace.read(with: "agreement", workspace.path(summary.folder))
        #expect(findings.problems == [])
        #expect(findings["rows"] == summary.rows)
    }

    @Test("are what the schema describes, and wrong ones are not")
    func schema() throws {
        let schema = try workspace.run("recipes", "schema")
        #expect(schema.status == 0)
        try workspace.write(schema.output, to: "schema.json")
        try workspace.write("anomalies: {probability: 1.7}", to: "wrong.yaml")
        try workspace.write("simulation: {reading_per_second: 1}", to: "unknown.yaml")
        let wrong = ["wrong.yaml", "unknown.yaml"].map(workspace.path)
        let recipes = Locations.recipeNames.map { Locations.recipes.appending(path: $0).path() }
        let script = Locations.package.appending(path: "Tests/DatasetGenTests/Fixtures/validate.py").path()
        let arguments = [script, workspace.path("schema.json")] + recipes + wrong
        let outcome = try RunningProcess(Locations.python(), arguments, in: workspace.folder).outcome()
        try #require(
            outcome.status == 0,
            "validate.py failed (if a module is missing, run ./setup --tests): \(outcome.errors)"
        )
        let refused = outcome.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
        #expect(refused == wrong)
    }
}
