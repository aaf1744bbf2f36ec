import DatasetFormats
import DatasetGen

/// `readings.parquet` in the making: writes row groups as they are complete.
struct ParquetSink: PieceSink {
    private let output: ReadingOutput
    /// JSON: the units of columns that have one.
    private let units: String
    private let desk: RowGroupDesk
    private var file: RowGroupFile
    private(set) var canBeStored = true

    /// Writes row groups of a desk into a file.
    init(_ output: ReadingOutput, units: String, _ desk: RowGroupDesk, into file: RowGroupFile) {
        (self.output, self.units, self.desk, self.file) = (output, units, desk, file)
    }

    func store(in state: inout StateWriter) { file.store(in: &state) }

    mutating func storeGrowth(in state: inout StateWriter) { file.storeGrowth(in: &state) }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    mutating func append(_ piece: ParquetPiece) throws(FileError) {
        canBeStored = piece.completed != nil
        guard let number = piece.completed else { return }
        let group = desk.take(number)
        try file.append(group)
        desk.recycle(group)
    }

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let digest = try file.finish(dataset.entries + [("gen-dataset.units", units)])
        let entry = ManifestFile(
            output,
            of: dataset.rows,
            counted: file.rowCount,
            uncompressedBytes: file.size
        )
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
