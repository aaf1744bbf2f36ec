import DatasetFormats
import DatasetGen

/// A small table that a plan determines without its readings as a Parquet file, which is written before all blocks: the sensors,
/// and the phenomena.
struct ParquetWholeTablePart<Rows: Sequence & Sendable>: DatasetPart {
    /// Nothing of a block is in it.
    struct Encoder: BlockEncoder {
        func makePiece() -> WholeTableSink.Piece { WholeTableSink.Piece() }

        func encode(_ block: borrowing EncodableBlock, into piece: WholeTableSink.Piece) {}
    }

    private let rows: Rows
    private let columns: [TableColumn<Rows.Element>]
    private let content: RowGroupFile.Content
    private let bytes: @Sendable (SizeSample) -> Double

    /// A file of some rows beside an output; `bytes` is how large it would be as CSV.
    init(
        _ name: String,
        _ rows: Rows,
        _ columns: [TableColumn<Rows.Element>],
        _ output: ReadingOutput,
        bytes: @escaping @Sendable (SizeSample) -> Double
    ) {
        (self.rows, self.columns, self.bytes) = (rows, columns, bytes)
        content = RowGroupFile.Content(
            name: name,
            columns: columns.map { ParquetColumn($0, output.parameters.timestamps) },
            parameters: output.parameters
        )
    }

    var fileNames: [String] { [content.name] }

    func makeEncoder() -> Encoder { Encoder() }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> ParquetWholeTableSink {
        if var state {
            var file = try RowGroupFile(resuming: &state, content, in: folder)
            try file.takeGroups(&state)
            return ParquetWholeTableSink(content, file)
        }
        var file = try RowGroupFile(creating: content, in: folder)
        var encoder = ParquetTableEncoder(columns, content.parameters)
        let limit = ParquetTableEncoder<Rows.Element>.rowsPerGroup
        var group: [Rows.Element] = []
        for row in rows {
            group.append(row)
            guard group.count == limit else { continue }
            try file.append(encoder.encode(group[...]))
            group.removeAll(keepingCapacity: true)
        }
        if !group.isEmpty { try file.append(encoder.encode(group[...])) }
        return ParquetWholeTableSink(content, file)
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        SizeEstimate(bytes: bytes(sample) / Self.gain + Self.footerBytes)
    }

    /// How much smaller it is than the same in CSV, about.
    private static var gain: Double { 3 }
    /// The footer of a file of one row group.
    private static var footerBytes: Double { 6_000 }
}

/// A ``ParquetWholeTablePart`` in the making: all of it is there but for the footer.
struct ParquetWholeTableSink: PieceSink {
    private let content: RowGroupFile.Content
    private var file: RowGroupFile

    init(_ content: RowGroupFile.Content, _ file: RowGroupFile) {
        (self.content, self.file) = (content, file)
    }

    mutating func storeGrowth(in state: inout StateWriter) { file.storeGrowth(in: &state) }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    func append(_ piece: WholeTableSink.Piece) {}

    func store(in state: inout StateWriter) { file.store(in: &state) }

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let digest = try file.finish(dataset.entries)
        let entry = ManifestFile.parquetTable(
            content.name,
            content.parameters,
            hasTimes: content.name != ParquetFormat.sensorsName,
            rows: file.rowCount,
            bytes: file.size
        )
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
