import DatasetChecks
import DatasetGen
import Foundation
import Testing

extension AuditedDataset {
    /// What is wrong with the dataset: `file: finding`.
    func problems(regenerates: Bool = false) async throws -> [String] {
        try await verify(regenerates: regenerates).checks.filter { !$0.isRight }.map { "\($0.subject): \($0.finding)" }
    }

    /// The report of a verification.
    func verify(regenerates: Bool = false) async throws -> VerificationReport {
        try await DatasetVerifier(folder: path, options: .init(regenerates: regenerates)).verify()
    }

    /// Makes the digests fit the files.
    func fitDigests() throws {
        let line = "cd '\(path)' && rm -f SHA256SUMS && sha256sum -- * > ../sums && mv ../sums SHA256SUMS"
        try #require(Programs.run("sh", ["-c", line]).status == 0)
    }

    /// Changes the recipe, and has the manifest and the database know the changed one.
    func changeRecipe(_ change: (inout String) -> Void) throws {
        var recipe = String(decoding: try bytes("recipe.yaml"), as: UTF8.self)
        let digest = {
            let sum = try Programs.run("sh", ["-c", "sha256sum < '\(self.path)/recipe.yaml'"])
            return String(decoding: sum.output.prefix(64), as: UTF8.self)
        }
        let old = try digest()
        let before = recipe
        change(&recipe)
        try #require(recipe != before)
        try write(Data(recipe.utf8), to: "recipe.yaml")
        let new = try digest()
        let manifest = String(decoding: try bytes("manifest.json"), as: UTF8.self).replacing(old, with: new)
        try write(Data(manifest.utf8), to: "manifest.json")
        guard FileManager.default.fileExists(atPath: path + "/readings.sqlite") else { return }
        let text = recipe.replacing("'", with: "''")
        try execute("UPDATE dataset SET value = '\(text)' WHERE key = 'recipe'")
    }

    /// The names of the files, sorted.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    /// Changes the database.
    func execute(_ sql: String) throws { try OracleDatabase(path + "/readings.sqlite").execute(sql) }
}
