import DatasetGen
import Foundation

/// The files of the folder `Fixtures`.
enum RecipeFixture {
    /// The folder of the fixtures.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    /// Recipes and identities of the reference, as they stand there.
    static let reference = names(in: "reference")
    /// Recipes that are right.
    static let recipes =
        names(in: "recipes").filter { !$0.hasSuffix("cities.json") }
        + ["identity-file.yaml"]
    /// Recipes that the schema refuses.
    static let invalid = names(in: "invalid")
    /// All recipes that are right.
    static let valid = (reference + recipes).filter { !$0.contains("identity-") || $0.hasSuffix(".yaml") }

    /// A file's content.
    static func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: folder.appending(path: name)))
    }

    /// Reads a fixture as a recipe.
    static func read(
        _ name: String,
        environment: [String: String] = [:],
        overrides: [RecipeOverride] = []
    ) throws -> ResolvedRecipe {
        let reader = RecipeReader(environment: environment, overrides: overrides) { try bytes($0) }
        let folder = name.split(separator: "/").dropLast().joined(separator: "/")
        return try reader.read(bytes: bytes(name), source: name, defaultName: "fixture", folder: folder)
    }

    private static func names(in subfolder: String) -> [String] {
        let path = folder.appending(path: subfolder).path()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().map { "\(subfolder)/\($0)" }
    }
}

/// What a message about an unknown top-level key ends with.
let topLevelKeys =
    "known here: version, dataset, simulation, sensor, identity, replicas, fleet, random_location, climate, recording, "
    + "metrics, normal_parameters, anomalies, incidents, phenomena, delivery, splits, outputs, package, database, logging, monitoring, dynamic_reloading, live"

/// Reads a recipe given as text.
func readRecipe(
    _ text: String,
    environment: [String: String] = [:],
    overrides: [RecipeOverride] = []
) throws -> Recipe {
    try RecipeReader(environment: environment, overrides: overrides)
        .read(text, source: "recipe.yaml", defaultName: "recipe").recipe
}

/// The lines that a recipe given as text is refused with; empty if it is accepted.
func complaints(
    _ text: String,
    environment: [String: String] = [:],
    overrides: [RecipeOverride] = [],
    files: [String: String] = [:]
) -> [String] {
    struct Missing: Error, CustomStringConvertible {
        var description: String { "no such file" }
    }
    let reader = RecipeReader(environment: environment, overrides: overrides) { path in
        guard let text = files[path] else { throw Missing() }
        return Array(text.utf8)
    }
    do {
        _ = try reader.read(text, source: "recipe.yaml", defaultName: "recipe")
        return []
    } catch {
        return error.diagnostics.map(\.description)
    }
}
