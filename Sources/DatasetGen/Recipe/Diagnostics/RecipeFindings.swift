/// Mistakes as they are found: the first hundred, and how many there are beyond.
///
/// A broken or hostile document can have a million.
struct RecipeFindings: Sendable {
    /// How many are kept.
    static let limit = 100

    private(set) var diagnostics: [RecipeDiagnostic] = []
    private var omitted = 0

    /// Whether there are none.
    var isEmpty: Bool { diagnostics.isEmpty }

    /// Adds a mistake; its message is made only if it is kept.
    mutating func add(_ message: @autoclosure () -> String, at origin: RecipeOrigin?, path: @autoclosure () -> String) {
        guard diagnostics.count < Self.limit else {
            omitted += 1
            return
        }
        diagnostics.append(RecipeDiagnostic(origin: origin, keyPath: path(), message: message()))
    }

    /// Adds a mistake unless the same is known: groups find again what is wrong with the recipe's own statements.
    mutating func addOnce(_ message: String, at origin: RecipeOrigin?, path: String) {
        let diagnostic = RecipeDiagnostic(origin: origin, keyPath: path, message: message)
        if !diagnostics.contains(diagnostic) { add(message, at: origin, path: path) }
    }

    /// Adds mistakes that others have found.
    mutating func add(_ others: [RecipeDiagnostic]) {
        let kept = others.prefix(Self.limit - diagnostics.count)
        diagnostics += kept
        omitted += others.count - kept.count
    }

    /// Adds mistakes that others have found.
    mutating func add(_ others: RecipeFindings) {
        add(others.diagnostics)
        omitted += others.omitted
    }

    /// The mistakes, and at last how many are not listed.
    var all: [RecipeDiagnostic] {
        guard omitted > 0 else { return diagnostics }
        let plural = omitted == 1 ? "mistake is" : "mistakes are"
        return diagnostics
            + [RecipeDiagnostic(origin: nil, keyPath: "", message: "\(omitted) more \(plural) not listed")]
    }
}
