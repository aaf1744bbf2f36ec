/// A recipe and how it came about.
public struct ResolvedRecipe: Sendable {
    /// The recipe.
    public let recipe: Recipe
    /// What the user should know, one line each.
    public let notes: [String]
    /// The keys of the recipe that only the live mode uses; sections as a whole where all their keys do.
    public var liveOnlyKeys: [String] { uses.unusedKeys(in: .batch) }
    private let uses: KeyUses
    private let origins: [String: RecipeOrigin]
    private let source: String

    init(
        recipe: Recipe,
        notes: [String],
        uses: KeyUses,
        origins: [String: RecipeOrigin],
        source: String
    ) {
        self.recipe = recipe
        self.notes = notes
        self.uses = uses
        self.origins = origins
        self.source = source
    }

    /// Whether the recipe itself states nothing, as a file does that is about to be written.
    public var isEmpty: Bool {
        !origins.values.contains { origin in
            if case .file(let name, _, _) = origin { name == source } else { false }
        }
    }

    /// The keys and variables that do not count in a mode; sections as a whole where all their keys do not.
    package func unused(in mode: RunMode) -> [String] { uses.unused(in: mode) }

    /// Whether recipe, environment or options state a key, such as `dataset.seed`.
    public func states(_ keyPath: String) -> Bool { origins[keyPath] != nil }

    /// Where a key was stated, or else the nearest section around it; the start of the recipe if none was.
    public func origin(ofKeyPath keyPath: String) -> RecipeOrigin {
        var path = keyPath[...]
        while !path.isEmpty {
            if let origin = origins[String(path)] { return origin }
            path = path.lastIndex(of: ".").map { path[..<$0] } ?? ""
        }
        return .file(name: source, line: 1, column: 1)
    }

    /// A finding of a later stage about the first of some keys that is stated, or else about the last of them.
    package func diagnostic(aboutFirstStatedOf keyPaths: [String], _ message: String) -> RecipeDiagnostic {
        diagnostic(about: keyPaths.first { states($0) } ?? keyPaths.last ?? "", message)
    }

    /// A finding of a later stage about a key, with the place where the key was stated.
    public func diagnostic(about keyPath: String, _ message: String) -> RecipeDiagnostic {
        RecipeDiagnostic(origin: origin(ofKeyPath: keyPath), keyPath: keyPath, message: message)
    }
}
