/// Everything that is wrong with a recipe, in the order of its lines; at least one finding.
public struct RecipeErrors: Error, Hashable, Sendable {
    /// The findings.
    public let diagnostics: [RecipeDiagnostic]

    /// Sorts the findings by position.
    public init(_ diagnostics: [RecipeDiagnostic]) {
        self.diagnostics = RecipeDiagnostic.sorted(diagnostics)
    }

    /// A single finding.
    init(_ diagnostic: RecipeDiagnostic) {
        diagnostics = [diagnostic]
    }

    /// Whether the recipe itself is fine and only files that it names are missing.
    public var isMissingInput: Bool { diagnostics.allSatisfy { $0.kind == .unreadableFile } }
}

extension RecipeErrors: CustomStringConvertible {
    /// One finding a line.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
