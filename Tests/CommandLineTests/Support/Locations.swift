import Foundation
import Testing

/// Where the tests find what they run.
enum Locations {
    /// The root of the package.
    static let package = URL(filePath: #filePath)
        .deletingLastPathComponent()  // Support
        .deletingLastPathComponent()  // CommandLineTests
        .deletingLastPathComponent()  // Tests
        .deletingLastPathComponent()

    /// The tool, which `swift test` builds beside the tests.
    static let tool = URL(filePath: "/proc/self/exe")
        .resolvingSymlinksInPath()
        .deletingLastPathComponent()
        .appending(path: "gen-dataset")

    /// The bundled recipes as files.
    static let recipes = package.appending(path: "recipes")

    /// The names of the bundled recipes' files.
    static let recipeNames = ((try? FileManager.default.contentsOfDirectory(atPath: recipes.path())) ?? []).sorted()

    /// The Python that `./setup` prepares, with DuckDB, jsonschema, pandas, Polars and PyYAML.
    static func python() throws -> URL {
        let python = package.appending(path: ".venv/bin/python3")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path()),
            "there is no .venv/bin/python3 in \(package.path()): run ./setup --tests"
        )
        return python
    }

    /// A Python script of the tests.
    static func reader(_ name: String) -> String {
        package.appending(path: "Tests/CommandLineTests/Readers/\(name).py").path()
    }
}
