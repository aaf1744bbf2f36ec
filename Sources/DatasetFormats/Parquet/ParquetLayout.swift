package import DatasetGen

/// What is prepared for the rows of a Parquet file, once for all workers.
package struct ParquetLayout: Sendable {
    /// The columns, in their order.
    package let columns: [ParquetColumn]
    let parameters: OutputParameters
    /// What they hold.
    let contents: ColumnLayout
    /// By column: what ``SensorCodes/makeCycle()`` gives; nil for one that is not the same in all readings of a sensor.
    let cycles: [PackedCycle?]

    /// Prepares what never changes in the rows of each sensor.
    package init(_ output: ReadingOutput, sensors: [Sensor]) {
        (columns, parameters) = (output.parquetColumns, output.parameters)
        contents = ColumnLayout(output, sensors: sensors)
        cycles = contents.sources.map { source in
            if case .sensor(let codes) = source { codes.makeCycle() } else { nil }
        }
    }
}
