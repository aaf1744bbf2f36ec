/// One thing that is wrong with a recipe: where, which key, and what would be right.
public struct RecipeDiagnostic: Hashable, Sendable {
    /// What kind of failure this is; a command chooses its exit code by it.
    public enum Kind: Hashable, Sendable {
        /// The text says something that a recipe cannot say.
        case invalid
        /// A file that the recipe names cannot be read.
        case unreadableFile
    }

    /// What kind of failure this is.
    public var kind: Kind
    /// Where the value was stated; nil for a default.
    public var origin: RecipeOrigin?
    /// The key, such as `fleet.0.count`; empty for the recipe as a whole.
    public var keyPath: String
    /// One line: what is wrong and, where it helps, what would be right.
    public var message: String

    /// A finding about a key.
    public init(kind: Kind = .invalid, origin: RecipeOrigin?, keyPath: String, message: String) {
        self.kind = kind
        self.origin = origin
        self.keyPath = keyPath
        self.message = message
    }
}

extension RecipeDiagnostic: CustomStringConvertible {
    /// `recipe.yaml:12:5: anomalies.probability: 1.7 is not between 0 and 1`.
    public var description: String {
        let place = origin?.description ?? ""
        // "--set fleet.0.count" names the key already.
        let key = place.hasSuffix(" " + keyPath) ? "" : keyPath
        return [place, key, message].filter { !$0.isEmpty }.joined(separator: ": ").onOneLine
    }
}

extension RecipeDiagnostic {
    /// Findings about files come first and in the order of their lines; a file comes where its first finding did.
    static func sorted(_ diagnostics: [RecipeDiagnostic]) -> [RecipeDiagnostic] {
        var fileOrder: [String: Int] = [:]
        let keyed = diagnostics.enumerated()
            .map { index, diagnostic in
                var rank = (Int.max, 0, 0, index)
                if case .file(let name, let line, let column) = diagnostic.origin {
                    let order = fileOrder[name] ?? fileOrder.count
                    fileOrder[name] = order
                    rank = (order, line, column, index)
                }
                return (rank: rank, diagnostic: diagnostic)
            }
        return keyed.sorted { $0.rank < $1.rank }.map(\.diagnostic)
    }
}
