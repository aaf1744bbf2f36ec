import DatasetFormats
import DatasetGen

/// A file of Arrow's IPC format in the making: schema and dictionaries, record batches, and the footer behind all of them.
struct ArrowSink: PieceSink {
    private let output: ReadingOutput
    private let columns: [ArrowColumn]
    private let file: OutputFile
    /// Where the messages are.
    private var (dictionaries, batches): ([ArrowPlace], [ArrowPlace])
    /// Rows written.
    private var rowCount: Int64 = 0

    /// Creates the file.
    init(creating output: ReadingOutput, _ rows: ArrowEncoder, in folder: DatasetFolder) throws(FileError) {
        (self.output, columns) = (output, rows.columns)
        (dictionaries, batches) = ([], [])
        file = try OutputFile(creating: folder.path(of: output.fileName), in: folder.fileSystem)
        try file.append(ArrowFile.start + rows.schema)
        for message in rows.dictionaries {
            dictionaries.append(ArrowPlace(of: message, at: file.size))
            try file.append(message)
        }
    }

    /// Goes on with the file of an interrupted run.
    init(
        resuming state: inout StateReader,
        _ output: ReadingOutput,
        _ rows: ArrowEncoder,
        in folder: DatasetFolder
    ) throws(FileError) {
        (self.output, columns) = (output, rows.columns)
        let path = folder.path(of: output.fileName)
        do throws(StateError) {
            (dictionaries, batches, rowCount) = (try state.next(), try state.next(), try state.next())
        } catch { throw FileError(changed: path) }
        file = try OutputFile(resuming: path, from: &state, in: folder.fileSystem)
    }

    func store(in state: inout StateWriter) {
        state.append(dictionaries)
        state.append(batches)
        state.append(rowCount)
        file.store(in: &state)
    }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    mutating func append(_ piece: EncodedText) throws(FileError) {
        guard piece.bytes.count > 0 else { return }
        batches.append(ArrowPlace(of: piece.bytes.bytes, at: file.size))
        try file.append(piece.bytes)
        rowCount += Int64(piece.rowCount)
    }

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let end = ArrowFile.end(columns, dictionaries: dictionaries, batches: batches, entries: dataset.entries)
        try file.append(end)
        let digest = try file.finish()
        let entry = ManifestFile(output, of: dataset.rows, counted: rowCount, uncompressedBytes: file.size)
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
