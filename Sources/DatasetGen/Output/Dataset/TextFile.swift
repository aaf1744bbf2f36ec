/// A text file of readings in the making, compressed or not.
struct TextFile {
    private let file: OutputFile
    /// The one member of a gzip file.
    private var member: GzipMember?
    private var uncompressedBytes: Int64 = 0

    /// Creates the file.
    init(
        creating path: String,
        output: ReadingOutput,
        header: EncodedText,
        in fileSystem: FileSystem
    ) throws(FileError) {
        file = try OutputFile(creating: path, in: fileSystem)
        if output.compression == .gzip {
            member = GzipMember()
            try file.append(GzipMember.header)
        }
        if header.checksum.length > 0 { try append(header) }
    }

    /// Goes on with the file of an interrupted run.
    init(resuming path: String, from state: inout StateReader, in fileSystem: FileSystem) throws(FileError) {
        file = try OutputFile(resuming: path, from: &state, in: fileSystem)
        do throws(StateError) {
            (member, uncompressedBytes) = (try state.next(), try state.next())
        } catch { throw FileError(changed: path) }
    }

    /// Appends how far the file has come.
    func store(in state: inout StateWriter) {
        file.store(in: &state)
        state.append(member)
        state.append(uncompressedBytes)
    }

    /// Where it is.
    var path: String { file.path }

    /// Makes the bytes written so far safe.
    var flusher: FileFlusher { file.flusher }

    /// Bytes written.
    var size: Int64 { file.size }

    /// Appends the next block.
    mutating func append(_ text: borrowing EncodedText) throws(FileError) {
        try file.append(text.bytes)
        member?.append(text.checksum)
        uncompressedBytes += Int64(text.checksum.length)
    }

    /// Completes the file.
    ///
    /// - Returns: the digest of the file, and the length of its text.
    func finish() throws(FileError) -> (digest: SHA256Text, uncompressedBytes: Int64) {
        if let member { try file.append(member.trailer) }
        return (try file.finish(), uncompressedBytes)
    }
}
