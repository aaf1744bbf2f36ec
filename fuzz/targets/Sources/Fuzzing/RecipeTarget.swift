import DatasetFiles
import DatasetGen

/// A recipe; behind record separators, values of `--set`, and with a `$` before them, of the environment.
///
/// What is accepted reads back the same from the resolved recipe, and can be generated or is refused in one line.
struct RecipeTarget: FuzzTarget {
    static let name = "recipe"

    func run(_ input: [UInt8]) {
        var parts = parts(of: input)[...]
        let recipe = parts.removeFirst()
        var reader = RecipeReader { _ in Array("{cities: [{name: Oslo}]}".utf8) }
        for part in parts {
            let text = String(decoding: part, as: UTF8.self)
            guard text.hasPrefix("$"), let sign = text.firstIndex(of: "=") else {
                reader.overrides.append(.set(text))
                continue
            }
            reader.environment[String(text[..<sign].dropFirst())] = String(text[text.index(after: sign)...])
        }
        RecipeCheck(reader).check(recipe)
    }
}

/// An identity, in a file of its own or inside a recipe.
struct IdentityTarget: FuzzTarget {
    static let name = "identity"

    func run(_ input: [UInt8]) {
        let reader = RecipeReader(overrides: [.identity("identity.json")]) { _ in input }
        RecipeCheck(reader).check(Array("outputs: [csv, jsonl, sqlite]".utf8))
    }
}

/// What holds of every recipe, whatever is in it.
struct RecipeCheck {
    private let reader: RecipeReader
    /// Readings that are generated and encoded; more would take longer than they find.
    private static let mostReadings: Int64 = 2_000

    init(_ reader: RecipeReader) {
        self.reader = reader
    }

    func check(_ bytes: [UInt8]) {
        let resolved: ResolvedRecipe
        do {
            resolved = try reader.read(bytes: bytes, source: "recipe.yaml", defaultName: "recipe", folder: "folder")
        } catch {
            require(!error.diagnostics.isEmpty, "refused without a reason")
            require(error.diagnostics.count <= 101, "\(error.diagnostics.count) messages")
            for diagnostic in error.diagnostics { requireOneLine(diagnostic.description) }
            return
        }
        checkRoundTrip(resolved.recipe)
        for note in resolved.notes { requireOneLine(note.onOneLine) }
        guard resolved.recipe.sensorCount <= 100 else { return }
        do {
            let plan = try GenerationPlan(resolved.recipe)
            checkRoundTrip(plan.recipe)
            if plan.rows.count <= Self.mostReadings { _ = DatasetEstimate(plan) }
        } catch {
            requireOneLine(resolved.diagnostic(about: error.keyPath, error.description).description)
        }
    }

    /// What the dataset's own recipe says is the same recipe.
    private func checkRoundTrip(_ recipe: Recipe) {
        let text = RecipeWriter.text(of: recipe)
        do {
            let again = try RecipeReader(environment: ["SENSOR_ID": "other"])
                .read(text, source: "resolved.yaml", defaultName: "other").recipe
            require(again == recipe, "reads back another recipe:\n\(text)\n\(RecipeWriter.text(of: again))")
            require(RecipeWriter.text(of: again) == text, "the text changes:\n\(text)\n\(RecipeWriter.text(of: again))")
        } catch {
            fail("the resolved recipe is refused: \(error)\n\(text)")
        }
    }
}
