import DatasetFormats
import DatasetGen

/// The contents of the files that a plan determines without its readings.
extension GenerationPlan {
    /// The text of `recipe.yaml`.
    package var recipeText: String {
        // What only the live mode uses does not shape the data: two machines' logging settings are not two datasets.
        var recipe = recipe
        recipe.live = LiveParameters()
        return RecipeWriter.text(of: recipe)
    }

    /// The bytes of `sensors.csv`.
    package func sensorsCSV() -> [UInt8] {
        let columns = [TableColumn<Sensor>].sensors(of: recipe)
        let parts = inParallel(fleet.sensors.count, atLeast: 2_048) { range in
            var text = ByteBuffer()
            columns.appendLines(of: fleet.sensors[range], to: &text)
            return text.bytes
        }
        return parts.reduce(into: columns.csvHeader()) { $0 += $1 }
    }

    /// The table `dataset` of the SQLite file: what it takes to know it again without the folder.
    package func databaseEntries(
        of content: FileContent,
        recipeText: String,
        generatorVersion: String = Generator.version
    ) -> [(key: String, value: String)] {
        [
            ("name", recipe.name), ("description", recipe.description), ("seed", String(recipe.seed)),
            ("start", recipe.grid.start.zonedText), ("end", recipe.grid.end.zonedText),
            ("interval_seconds", recipe.grid.interval.seconds.description), ("order", recipe.order.text),
            ("generator", "gen-dataset"), ("generator_version", generatorVersion),
            (content.key, content.text), ("recipe", recipeText),
        ]
    }
}
