package import DatasetFormats
package import DatasetGen

/// Columns of readings as engines of data science read them.
package enum ParquetFormat: DatasetFormat {
    package static let format = OutputFormat.parquet
    package static let fileNames = withParts(["readings.parquet"])
    package static let tableNames = [ParquetEventsPart.fileName, sensorsName, phenomenaName]
    /// The table of sensors.
    package static let sensorsName = "sensors.parquet"
    /// The table of phenomena, where a recipe has some.
    package static let phenomenaName = "phenomena.parquet"
    package static let bytesPerSensor = 100

    package static func tableNames(of recipe: Recipe) -> [String] {
        recipe.phenomena.isEmpty ? tableNames.filter { $0 != phenomenaName } : tableNames
    }

    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        ParquetPart(output, plan)
    }

    package static func makeTableParts(_ output: ReadingOutput, of plan: GenerationPlan) -> [any DatasetPart] {
        let recipe = plan.recipe
        let sensors = ParquetWholeTablePart(sensorsName, plan.fleet.sensors, .sensors(of: recipe), output) {
            $0.sensorBytes
        }
        guard !recipe.phenomena.isEmpty else { return [ParquetEventsPart(output, plan), sensors] }
        let columns = [TableColumn<Phenomenon>].phenomena(output.parameters.timestamps, of: recipe, plan.fleet.sensors)
        let phenomena = ParquetWholeTablePart(phenomenaName, plan.phenomena, columns, output) { $0.phenomenaBytes }
        return [ParquetEventsPart(output, plan), sensors, phenomena]
    }

    /// What its rows are compared as: rows for PostgreSQL have the same types.
    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? {
        let rows = CopyEncoder(output, sensors: sensors)
        guard let part = SplitPart(output) else { return rows }
        return PartRowEncoder(rows, part)
    }
}
