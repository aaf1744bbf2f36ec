extension Column {
    /// The columns of a recipe's readings, in the order of every format.
    static func columns(of recipe: Recipe) -> [Column] {
        recipe.includesCleanTwin ? allCases : standard
    }
}
