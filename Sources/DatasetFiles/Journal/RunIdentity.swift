import CSQLite
import CZlib
import CZstd
import DatasetGen

/// What a run's bytes follow from: the recipe, and the code that makes bytes of it.
struct RunIdentity: Equatable {
    /// Names and versions of the program and of the libraries that write files.
    let versions: [JSONValue.Member]
    /// The resolved recipe, as in `recipe.yaml`.
    let recipe: String
    /// Readings that the run writes, omitted ones included.
    let readings: Int64

    /// Of a run by this program.
    init(_ plan: GenerationPlan, _ scope: RunScope) {
        (recipe, readings) = (plan.recipeText, Int64(scope.positions.count))
        versions = unsafe [
            ("gen-dataset", Generator.version), ("SQLite", String(cString: sqlite3_libversion())),
            ("zlib", String(cString: zlibVersion())), ("Zstandard", String(cString: ZSTD_versionString())),
        ]
        .map { JSONValue.Member(key: $0.0, value: .string($0.1)) }
    }

    /// Reads ``json``; nil if it is none.
    init?(_ json: JSONValue?) {
        guard let versions = json?["versions"]?.members, let recipe = json?["recipe"]?.stringValue,
            let readings = json?["readings"]?.integerValue
        else { return nil }
        (self.versions, self.recipe, self.readings) = (versions, recipe, readings)
    }

    /// The identity as the first record of a journal.
    var json: JSONValue {
        ["versions": .object(versions), "readings": .integer(readings), "recipe": .string(recipe)]
    }

    /// What keeps this run from finishing another one; nil if nothing does.
    func difference(from other: RunIdentity) -> String? {
        for (own, others) in zip(versions, other.versions) where own != others {
            return "it was begun by \(others.key) \(others.value.stringValue ?? "?"), "
                + "and this is \(own.key) \(own.value.stringValue ?? "?")"
        }
        guard recipe != other.recipe else { return self == other ? nil : "it was begun by another version" }
        return RecipeDifference(from: other.recipe, to: recipe)
            .map { "its recipe has \($0.path): \($0.old), and this one has \($0.path): \($0.new)" }
            ?? "its recipe is another one"
    }
}
