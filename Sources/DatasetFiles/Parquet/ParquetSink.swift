import DatasetFormats
import DatasetGen

/// A Parquet file in the making: writes row groups as they are complete, and the footer behind all of them.
struct ParquetSink: PieceSink {
    /// What is known before the first row.
    struct Content {
        let output: ReadingOutput
        let columns: [ParquetColumn]
        let sortingColumn: Int?
        /// JSON: the units of columns that have one.
        let units: String
        let desk: RowGroupDesk
    }

    private let content: Content
    private let file: OutputFile
    private var groups: [ParquetRowGroup]
    private(set) var canBeStored = true

    /// Creates the file.
    init(creating content: Content, in folder: DatasetFolder) throws(FileError) {
        (self.content, groups) = (content, [])
        file = try OutputFile(creating: folder.path(of: content.output.fileName), in: folder.fileSystem)
        try file.append(ParquetFile.magic)
    }

    /// Goes on with the file of an interrupted run.
    init(resuming state: inout StateReader, _ content: Content, in folder: DatasetFolder) throws(FileError) {
        self.content = content
        let path = folder.path(of: content.output.fileName)
        do throws(StateError) { groups = try state.next() } catch { throw FileError(changed: path) }
        file = try OutputFile(resuming: path, from: &state, in: folder.fileSystem)
    }

    func store(in state: inout StateWriter) {
        state.append(groups)
        file.store(in: &state)
    }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    mutating func append(_ piece: ParquetPiece) throws(FileError) {
        canBeStored = piece.completed != nil
        guard let number = piece.completed else { return }
        let group = content.desk.take(number)
        if group.rowCount > 0 {
            groups.append(
                ParquetRowGroup(offset: file.size, rowCount: Int64(group.rowCount), chunks: group.chunks)
            )
            try file.append(group.bytes)
        }
        content.desk.recycle(group)
    }

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let footer = ParquetFooter(
            columns: content.columns,
            compression: content.output.parameters.compression,
            groups: groups,
            sortingColumn: content.sortingColumn,
            entries: [
                ("gen-dataset.content_sha256", dataset.contentSHA256),
                ("gen-dataset.recipe_sha256", SHA256Text(of: Array(dataset.recipeText.utf8)).text),
                ("gen-dataset.units", content.units),
            ]
        )
        try file.append(footer.bytes(at: file.size))
        let digest = try file.finish()
        let entry = ManifestFile(
            content.output,
            of: dataset.rows,
            counted: content.output.part == nil ? nil : groups.reduce(0) { $0 + $1.rowCount },
            uncompressedBytes: file.size
        )
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
