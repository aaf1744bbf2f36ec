/// Reads recipes: YAML or JSON, completed by files, environment and options, checked, with every default filled in.
///
/// ```swift
/// let reader = RecipeReader()
/// let resolved = try reader.read("dataset: {seed: 7}", source: "recipe.yaml", defaultName: "recipe")
/// resolved.recipe.seed    // 7
/// ```
///
/// The reader itself touches neither files nor environment; both are passed in. An option beats the environment, which
/// beats the recipe, which beats the default. All that is wrong is reported at once.
public struct RecipeReader: Sendable {
    /// The environment variables; those that no key belongs to are not looked at.
    public var environment: [String: String]
    /// The options, in the order of the command line.
    public var overrides: [RecipeOverride]
    /// Reads a file that the recipe names.
    public var readFile: @Sendable (String) throws -> [UInt8]
    /// Where a file or folder really is, links followed; with it, links cannot lead out of the recipe's folder.
    public var locate: (@Sendable (String) throws -> String)?
    /// Reads the file of readings that the recipe names; without it, such a recipe is refused.
    package var readRecording: (@Sendable (RecordingRequest) throws -> Recording)?

    /// A reader; without `readFile`, a recipe that names a file is refused.
    public init(
        environment: [String: String] = [:],
        overrides: [RecipeOverride] = [],
        readFile: @escaping @Sendable (String) throws -> [UInt8] = { _ in throw NoFiles() },
        locate: (@Sendable (String) throws -> String)? = nil
    ) {
        self.environment = environment
        self.overrides = overrides
        self.readFile = readFile
        self.locate = locate
    }

    /// Reads a recipe.
    ///
    /// - Parameters:
    ///   - bytes: The text of the recipe, UTF-8.
    ///   - source: What messages call it, such as `recipe.yaml`.
    ///   - defaultName: The dataset's name if the recipe has none: the file's stem.
    ///   - folder: The folder that paths in the recipe are relative to; empty for the current one.
    /// - Returns: The recipe, and where its values come from.
    /// - Throws: All that is wrong with the recipe.
    public func read(
        bytes: [UInt8],
        source: String,
        defaultName: String,
        folder: String = ""
    ) throws(RecipeErrors) -> ResolvedRecipe {
        let document = try YAMLDocument(bytes: bytes, name: source)
        var tree = RecipeTree(document, folder: folder, readFile: readFile, locate: locate)
        tree.complete(environment: environment, overrides: overrides)
        var decoder = RecipeDecoder(findings: tree.findings)
        let section = RecipeSection.definition.decode(tree.root, at: "", with: &decoder)
        var resolver = RecipeResolver(section: section ?? RecipeSection(), decoder: decoder, source: source)
        resolver.notes = tree.notes
        resolver.displaced = tree.displaced
        resolver.recordingFiles = readRecording.map { RecordingFiles(folder: folder, locate: locate, read: $0) }
        return try resolver.resolve(defaultName: defaultName)
    }

    /// Reads a recipe.
    ///
    /// - Parameters:
    ///   - text: The text of the recipe.
    ///   - source: What messages call it, such as `recipe.yaml`.
    ///   - defaultName: The dataset's name if the recipe has none: the file's stem.
    ///   - folder: The folder that paths in the recipe are relative to; empty for the current one.
    /// - Returns: The recipe, and where its values come from.
    /// - Throws: All that is wrong with the recipe.
    public func read(
        _ text: String,
        source: String,
        defaultName: String,
        folder: String = ""
    ) throws(RecipeErrors) -> ResolvedRecipe {
        try read(bytes: Array(text.utf8), source: source, defaultName: defaultName, folder: folder)
    }

    /// The error of a reader without access to files.
    public struct NoFiles: Error, CustomStringConvertible {
        /// Why the file cannot be read.
        public var description: String { "files cannot be read here" }

        /// The only value.
        public init() {}
    }
}
