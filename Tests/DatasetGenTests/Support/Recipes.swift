import DatasetGen

extension Recipe {
    /// The recipe that a text describes, in an empty environment.
    init(yaml: String, options: [RecipeOverride] = []) throws {
        self = try RecipeReader(overrides: options).read(yaml, source: "recipe.yaml", defaultName: "test").recipe
    }
}

extension GenerationPlan {
    /// The plan of the recipe that a text describes, in an empty environment.
    init(yaml: String, options: [RecipeOverride] = []) throws {
        try self.init(Recipe(yaml: yaml, options: options))
    }
}
