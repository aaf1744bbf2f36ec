/// One step on the way from a plan to bytes, run on one block at a time.
public enum Kernel: String, CaseIterable, Sendable {
    /// The readings of a block, with anomalies, labels and statistics; the chunk that it is in is computed at once.
    case generation
    /// The block's share of the dataset's identity.
    case contentDigest = "content digest"
    /// The block's leaf pages of the SQLite file.
    case pages = "SQLite pages"
    /// The block's CSV rows.
    case csv = "CSV text"
    /// The same, with notes of where the parts of each row lie.
    case markedCSV = "CSV text with row marks"
    /// The block's lines of JSON.
    case json = "JSON text"
    /// The same, with notes of where the parts of each row lie.
    case markedJSON = "JSON text with row marks"
    /// CSV rows compressed with the help of their marks, as every run of gzip at level 1 is.
    case gzipCSV = "gzip level 1 of CSV"
    /// JSON lines compressed with the help of their marks.
    case gzipJSON = "gzip level 1 of JSON"
    /// CSV rows as a Zstandard frame.
    case zstdCSV = "zstd level 1 of CSV"
    /// JSON lines as a Zstandard frame.
    case zstdJSON = "zstd level 1 of JSON"
    /// The checksum that a gzip file ends with.
    case checksumCSV = "CRC-32 of CSV"
    /// The same of JSON lines.
    case checksumJSON = "CRC-32 of JSON"
}
