package import DatasetFormats
package import DatasetGen

/// Columns of readings as engines of data science read them.
package enum ParquetFormat: DatasetFormat {
    package static let format = OutputFormat.parquet
    package static let fileNames = withParts(["readings.parquet"])
    package static let tableNames = [ParquetEventsPart.fileName, ParquetSensorsPart.fileName]
    package static let bytesPerSensor = 100

    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        ParquetPart(output, plan)
    }

    package static func makeTableParts(_ output: ReadingOutput, of plan: GenerationPlan) -> [any DatasetPart] {
        [ParquetEventsPart(output, plan), ParquetSensorsPart(output, plan)]
    }

    /// What its rows are compared as: rows for PostgreSQL have the same types.
    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? {
        let rows = CopyEncoder(output, sensors: sensors)
        guard let part = SplitPart(output) else { return rows }
        return PartRowEncoder(rows, part)
    }
}
