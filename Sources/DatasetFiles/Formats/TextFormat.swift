package import DatasetFormats
package import DatasetGen

/// A format whose files are rows of text, compressed or not.
package protocol TextFormat: DatasetFormat {
    /// The name of a file that is not compressed.
    static var baseName: String { get }
}

/// A format of text whose rows have columns that a recipe may choose.
package protocol TableFormat: TextFormat {
    /// What makes the rows.
    associatedtype Rows: RowEncoder

    /// Prepares what never changes in the rows of each sensor.
    static func makeRows(_ sensors: [Sensor], _ timestamps: TimestampStyle, twin: Bool, _ schema: MetricSchema) -> Rows

    /// How rows of chosen columns, or of the narrow layout, are written.
    static func makeTable(_ output: ReadingOutput) -> RowTable
}

extension TextFormat {
    package static var baseName: String { "readings." + format.rawValue }

    package static var isStream: Bool { true }

    package static var fileNames: [String] {
        withParts([baseName] + CompressedFormat.allCases.map { baseName + $0.suffix })
    }

    package static func fileName(of output: OutputParameters) -> String {
        baseName + (CompressedFormat(output.compression)?.suffix ?? "")
    }
}

extension TableFormat {
    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        output.isPlain
            ? makePart(output, makeRows(output, plan.fleet.sensors))
            : makePart(output, ShapedTextEncoder(output, makeTable(output), sensors: plan.fleet.sensors))
    }

    private static func makePart(_ output: ReadingOutput, _ rows: some RowEncoder) -> any DatasetPart {
        guard let part = SplitPart(output) else { return TextPart(output, rows) }
        return TextPart(output, PartRowEncoder(rows, part))
    }

    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? {
        output.isPlain
            ? rowsOfPart(output, makeRows(output, sensors))
            : rowsOfPart(output, ShapedTextEncoder(output, makeTable(output), sensors: sensors))
    }

    private static func rowsOfPart(_ output: ReadingOutput, _ rows: some RowEncoder) -> any RowEncoder {
        guard let part = SplitPart(output) else { return rows }
        return PartRowEncoder(rows, part)
    }

    private static func makeRows(_ output: ReadingOutput, _ sensors: [Sensor]) -> Rows {
        makeRows(sensors, output.parameters.timestamps, twin: output.includesCleanTwin, output.schema)
    }
}
