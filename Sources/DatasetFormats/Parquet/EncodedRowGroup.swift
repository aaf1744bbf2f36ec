/// The pages of a row group.
///
/// Unchecked because nothing else guards it: a worker fills it, and the desk hands it on under its lock.
package final class EncodedRowGroup: @unchecked Sendable {
    package internal(set) var bytes = ByteBuffer()
    package internal(set) var rowCount = 0
    /// By the file's columns; none where there is no row.
    package internal(set) var chunks: [ParquetChunk] = []

    init() {}

    func removeAll() {
        bytes.removeAll()
        chunks.removeAll()
        rowCount = 0
    }
}
