import DatasetFormats
import DatasetGen

/// What is around the rows of text files.
struct TextFrame {
    let output: ReadingOutput
    /// What comes before the first block.
    let header: EncodedText
    /// What comes behind the last block.
    let trailer: EncodedText
    /// Whether rows have to be counted, as a file does not have those of all readings.
    let countsRows: Bool
}

/// One text file of readings in the making.
struct TextFile {
    private let file: OutputFile
    /// The one member of a gzip file.
    private var member: GzipMember?
    private(set) var uncompressedBytes: Int64 = 0
    /// Rows so far, where they have to be counted; nil for as many as the dataset has.
    private(set) var rowCount: Int64?

    /// Creates the file.
    init(creating path: String, _ frame: TextFrame, in fileSystem: FileSystem) throws(FileError) {
        rowCount = frame.countsRows ? 0 : nil
        file = try OutputFile(creating: path, in: fileSystem)
        if frame.output.compression == .gzip {
            member = GzipMember()
            try file.append(GzipMember.header)
        }
        if frame.header.checksum.length > 0 { try append(frame.header) }
    }

    /// Goes on with the file of an interrupted run.
    init(
        resuming path: String,
        _ frame: TextFrame,
        from state: inout StateReader,
        in fileSystem: FileSystem
    ) throws(FileError) {
        file = try OutputFile(resuming: path, from: &state, in: fileSystem)
        do throws(StateError) {
            (member, uncompressedBytes) = (try state.next(), try state.next())
            if frame.countsRows {
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

    var flusher: FileFlusher { file.flusher }

    mutating func append(_ piece: EncodedText) throws(FileError) {
        try file.append(piece.bytes)
        member?.append(piece.checksum)
        uncompressedBytes += Int64(piece.checksum.length)
        if let count = rowCount { rowCount = count + Int64(piece.rowCount) }
    }

    /// Appends what comes behind the last block.
    mutating func complete(_ frame: TextFrame) throws(FileError) {
        if frame.trailer.checksum.length > 0 { try append(frame.trailer) }
        if let member { try file.append(member.trailer) }
        // A compressed file is never empty: that of a shard without readings is of a text that is.
        if frame.output.compression == .zstd, file.size == 0 { try file.append(frame.header.bytes) }
    }

    /// Waits until the file is on the disk, and closes it.
    func finish() throws(FileError) -> SHA256Text { try file.finish() }
}
