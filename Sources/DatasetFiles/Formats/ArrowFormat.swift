package import DatasetFormats
package import DatasetGen

/// Columns of readings as they are in memory: a file to map, or a stream for a pipe.
package enum ArrowFormat: DatasetFormat {
    package static let format = OutputFormat.arrow
    package static let fileNames = ["readings.arrow"]
    package static let bytesPerSensor = 900

    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        ArrowPart(output, plan)
    }

    /// What its rows are compared as: rows for PostgreSQL have the same types.
    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? {
        CopyEncoder(output, sensors: sensors)
    }

    package static let isStream = true

    package static func makeStream(_ output: ReadingOutput, sensors: [Sensor], selected: [Bool]?) -> (any RowEncoder)? {
        ArrowEncoder(output, sensors: sensors, selected: selected)
    }
}
