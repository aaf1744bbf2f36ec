package import DatasetFormats
package import DatasetGen

/// Rows for PostgreSQL's `COPY … (FORMAT binary)`, the statement that creates a table for them, and a script that loads them.
package enum PostgreSQLFormat: TextFormat {
    package static let format = OutputFormat.pgcopy
    package static let baseName = "readings.pgcopy"
    package static let scriptNames = [schemaName, loadName]
    package static let bytesPerSensor = 400

    private static let (schemaName, loadName) = ("postgresql.sql", "postgresql.sh")

    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        TextPart(output, CopyEncoder(output, sensors: plan.fleet.sensors))
    }

    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? {
        CopyEncoder(output, sensors: sensors)
    }

    package static func scripts(_ output: ReadingOutput, of files: [String]) -> [OutputScript] {
        let load = output.postgreSQLScript(files: ShardNames.pattern(of: files), schemaName: schemaName)
        return [
            OutputScript(name: schemaName, format: "sql", text: output.postgreSQLSchema),
            OutputScript(name: loadName, format: "sh", text: load),
        ]
    }
}
