import DatasetFormats
import DatasetGen

/// The readings as a Parquet file.
struct ParquetPart: DatasetPart {
    private let output: ReadingOutput
    private let plan: GenerationPlan
    private let layout: ParquetLayout
    /// Where the blocks of row groups meet.
    private let desk: RowGroupDesk

    init(_ output: ReadingOutput, _ plan: GenerationPlan) {
        (self.output, self.plan) = (output, plan)
        layout = ParquetLayout(output, sensors: plan.fleet.sensors)
        desk = RowGroupDesk(
            blockCount: output.blocks?.upperBound ?? plan.blockCount,
            blocksPerGroup: output.parameters.blocksPerGroup
        )
    }

    var fileNames: [String] { [output.fileName] }

    func makeEncoder() -> ParquetBlockEncoder { ParquetBlockEncoder(layout, desk, part: SplitPart(output)) }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> ParquetSink {
        let content = RowGroupFile.Content(
            name: output.fileName,
            columns: layout.columns,
            parameters: output.parameters,
            sortingColumn: sortingColumn
        )
        var file: RowGroupFile
        if var state {
            file = try RowGroupFile(resuming: &state, content, in: folder)
            try file.takeGroups(&state)
        } else {
            file = try RowGroupFile(creating: content, in: folder)
        }
        return ParquetSink(output, units: Self.units(of: output), desk, into: file)
    }

    /// What the rows are sorted by, if readings come in their order.
    private var sortingColumn: Int? {
        guard plan.recipe.delivery == nil else { return nil }
        let columns: [Column] = plan.recipe.order == .time ? [.timestamp, .id] : [.id]
        return columns.lazy.compactMap { output.columns.firstIndex(of: $0) }.first
    }

    /// The units of columns, as JSON.
    private static func units(of output: ReadingOutput) -> String {
        let members = output.columns.compactMap { column in
            column.unit.map { JSONValue.Member(key: column.name, value: .string($0)) }
        }
        return JSONValue.object(members).compactText
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        let groups = sample.readings / Double(output.parameters.parquet.rowGroup) + 1
        let footer = groups * Double(output.columns.count) * Self.footerBytes
        return SizeEstimate(bytes: sample.readings * sample.bytesPerReading + footer)
    }

    /// Of a column in a row group, with its part of the page index.
    private static let footerBytes = 450.0
}
