/// A text file of readings in the making, compressed or not.
struct TextFile {
    private let file: OutputFile
    /// The one member of a gzip file.
    private var member: GzipMember?
    private var uncompressedBytes: Int64 = 0

    init(creating path: String, output: ReadingOutput, header: EncodedText) throws(FileError) {
        file = try OutputFile(creating: path)
        if output.compression == .gzip {
            member = GzipMember()
            try file.append(GzipMember.header)
        }
        if header.checksum.length > 0 { try append(header) }
    }

    var path: String { file.path }

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
