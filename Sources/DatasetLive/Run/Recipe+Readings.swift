import DatasetGen

extension Recipe {
    /// Whether a live run of this recipe has the readings, and the rows, of one of another recipe.
    ///
    /// Name, description and the files of a batch run shape neither.
    func hasReadings(of other: Recipe) -> Bool {
        var (recipe, other) = (self, other)
        for format in [OutputFormat.sqlite, .jsonl]
        where recipe.timestamps(of: format) != other.timestamps(of: format) { return false }
        (other.name, other.description, other.outputs) = (recipe.name, recipe.description, recipe.outputs)
        // What only the live mode uses shapes no reading.
        (recipe.live, other.live) = (LiveParameters(), LiveParameters())
        return RecipeWriter.text(of: recipe) == RecipeWriter.text(of: other)
    }

    /// How a format writes times.
    func timestamps(of format: OutputFormat) -> TimestampStyle {
        outputs.first { $0.format == format }?.timestamps ?? .naive
    }
}
