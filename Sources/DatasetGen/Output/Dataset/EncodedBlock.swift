/// A block's bytes in every format, ready to be appended to the files.
///
/// Unchecked because nothing else guards it: at any time one worker owns it, and the pipeline hands it on under its lock.
final class EncodedBlock: @unchecked Sendable {
    /// Of all readings of a chunk, if the block is its first.
    var statistics: DatasetStatistics?
    /// Per text output.
    var texts: [EncodedText]
    /// The rows as pages of the SQLite file, if there is one.
    var pages: LeafPageRun
    /// The events that begin in it.
    var events = EncodedEvents()
    /// Digest of the readings' canonical encoding.
    var digest: [UInt8] = []

    init(textCount: Int, pageLayout: SQLitePageLayout) {
        pages = LeafPageRun(pageLayout)
        texts = (0..<textCount).map { _ in EncodedText() }
    }
}

/// A block's rows in one text format.
struct EncodedText: Sendable {
    /// What goes into the file: compressed if the output is.
    var bytes = ByteBuffer()
    /// Of the text before compression.
    var checksum = TextChecksum()
}
