import DatasetFiles
package import DatasetGen

/// What a load is: which readings, into what, and how they look there.
package struct LoadIdentity: Sendable {
    /// The target as messages name it.
    let target: String
    /// The resolved recipe.
    let recipe: String
    /// What else decides what is stored, such as the measurement; never a secret.
    let options: [JSONValue.Member]

    package init(target: String, _ plan: GenerationPlan, options: KeyValuePairs<String, String>) {
        (self.target, recipe) = (target, plan.recipeText)
        self.options = options.map { JSONValue.Member(key: $0.key, value: .string($0.value)) }
    }

    /// Reads ``json``; nil if it is none.
    init?(_ json: JSONValue?) {
        guard let target = json?["target"]?.stringValue, let recipe = json?["recipe"]?.stringValue,
            let options = json?["options"]?.members
        else { return nil }
        (self.target, self.recipe, self.options) = (target, recipe, options)
    }

    var json: JSONValue {
        [
            "program": .string("gen-dataset \(Generator.version)"), "target": .string(target),
            "options": .object(options), "recipe": .string(recipe),
        ]
    }

    /// The name of a journal of loads into the target: another target has another one.
    var fileName: String { "gen-dataset-load-\(SHA256Text(of: Array(target.utf8)).text.prefix(8)).journal" }

    /// What keeps this load from finishing another one; nil if nothing does.
    func difference(from other: LoadIdentity) -> String? {
        if other.target != target { return "it is one into \(other.target), and this one is into \(target)" }
        for (own, theirs) in zip(options, other.options) where own != theirs {
            return "its \(theirs.key) is \(theirs.value.stringValue ?? "?"), and that of this one "
                + "\(own.value.stringValue ?? "?")"
        }
        if other.options.count != options.count { return "it was begun by another version" }
        guard other.recipe != recipe else { return nil }
        return RecipeDifference(from: other.recipe, to: recipe)
            .map { "its recipe has \($0.path): \($0.old), and this one has \($0.path): \($0.new)" }
            ?? "its recipe is another one"
    }
}
