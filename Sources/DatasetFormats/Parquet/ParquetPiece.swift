/// What the sink of a Parquet file is told of a block.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class ParquetPiece: EncodedPiece, @unchecked Sendable {
    /// The row group that is complete with it; nil where others follow.
    package internal(set) var completed: Int64?
    /// Bytes of its rows, where it is one of a sample.
    var sampleSize = 0

    package var byteCount: Int { sampleSize }
}
