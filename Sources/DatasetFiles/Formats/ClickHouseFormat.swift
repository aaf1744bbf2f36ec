package import DatasetFormats
package import DatasetGen

/// Blocks of columns in ClickHouse's format Native, and the statement that creates a table for them.
package enum ClickHouseFormat: TextFormat {
    package static let format = OutputFormat.clickhouse
    package static let baseName = "readings.native"
    package static let scriptNames = [schemaName]
    package static let bytesPerSensor = 700

    /// The name of the file with the statement.
    private static let schemaName = "clickhouse.sql"

    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        TextPart(output, NativeEncoder(output, sensors: plan.fleet.sensors))
    }

    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? {
        NativeEncoder(output, sensors: sensors)
    }

    package static func scripts(_ output: ReadingOutput, of files: [String]) -> [OutputScript] {
        [
            OutputScript(
                name: schemaName,
                format: "sql",
                text: output.clickHouseSchema(files: ShardNames.pattern(of: files))
            )
        ]
    }
}
