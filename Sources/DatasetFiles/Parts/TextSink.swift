import DatasetFormats
import DatasetGen

/// A text file of readings in the making, compressed or not.
struct TextSink: PieceSink {
    private let output: ReadingOutput
    private let file: OutputFile
    /// The one member of a gzip file.
    private var member: GzipMember?
    private var uncompressedBytes: Int64 = 0
    /// What comes behind the last block.
    private let trailer: EncodedText
    /// Rows so far, where they have to be counted; nil for as many as the dataset has.
    private var rowCount: Int64?

    /// Creates the file.
    init(
        creating path: String,
        output: ReadingOutput,
        header: EncodedText,
        trailer: EncodedText,
        countsRows: Bool,
        in fileSystem: FileSystem
    ) throws(FileError) {
        (self.output, self.trailer) = (output, trailer)
        rowCount = countsRows ? 0 : nil
        file = try OutputFile(creating: path, in: fileSystem)
        if output.compression == .gzip {
            member = GzipMember()
            try file.append(GzipMember.header)
        }
        if header.checksum.length > 0 { try append(header) }
    }

    /// Goes on with the file of an interrupted run.
    init(
        resuming path: String,
        output: ReadingOutput,
        trailer: EncodedText,
        countsRows: Bool,
        from state: inout StateReader,
        in fileSystem: FileSystem
    ) throws(FileError) {
        (self.output, self.trailer) = (output, trailer)
        file = try OutputFile(resuming: path, from: &state, in: fileSystem)
        do throws(StateError) {
            (member, uncompressedBytes) = (try state.next(), try state.next())
            if countsRows {
                let count: Int64 = try state.next()
                rowCount = count
            }
        } catch { throw FileError(changed: path) }
    }

    func store(in state: inout StateWriter) {
        file.store(in: &state)
        state.append(member)
        state.append(uncompressedBytes)
        if let rowCount { state.append(rowCount) }
    }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    mutating func append(_ piece: EncodedText) throws(FileError) {
        try file.append(piece.bytes)
        member?.append(piece.checksum)
        uncompressedBytes += Int64(piece.checksum.length)
        if let count = rowCount { rowCount = count + Int64(piece.rowCount) }
    }

    mutating func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        if trailer.checksum.length > 0 { try append(trailer) }
        if let member { try file.append(member.trailer) }
        let digest = try file.finish()
        let entry = ManifestFile(output, of: dataset.rows, counted: rowCount, uncompressedBytes: uncompressedBytes)
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
