extension Recipe {
    /// A recipe that a program makes, checked as one that is read: with the same sections, keys, values and defaults.
    ///
    /// ```swift
    /// let recipe = try Recipe([
    ///     "dataset": ["duration": "1d", "seed": 7],
    ///     "replicas": ["count": 100],
    ///     "outputs": ["csv", "sqlite"],
    /// ])
    /// ```
    ///
    /// - Parameters:
    ///   - sections: the sections of the recipe, in any order; metrics keep theirs.
    ///   - name: the dataset's name unless the recipe states one.
    /// - Throws: All that is wrong with it, each with its key.
    public init(_ sections: JSONValue, named name: String = "dataset") throws(RecipeErrors) {
        self = try RecipeReader().read(sections.prettyText, source: "recipe", defaultName: name).recipe
    }
}
