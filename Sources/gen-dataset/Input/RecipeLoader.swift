import DatasetGen

/// Reads one recipe, once or, while a live run lasts, again and again.
struct RecipeLoader: Sendable {
    /// Where the recipe came from.
    let source: RecipeSource
    let reader: RecipeReader

    /// The recipe as it was found.
    func load() throws -> ResolvedRecipe { try read(source) }

    /// The recipe as its file is now.
    func reload() throws -> ResolvedRecipe {
        try read(source.path.map { try RecipeSource($0) } ?? source)
    }

    private func read(_ source: RecipeSource) throws -> ResolvedRecipe {
        try reader.read(bytes: source.bytes, source: source.name, defaultName: source.stem, folder: source.folder)
    }
}
