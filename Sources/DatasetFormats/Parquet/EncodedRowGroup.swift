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

    /// Appends the values of another of its columns, which are those of the next one, too.
    func repeatChunk(_ index: Int) {
        let chunk = chunks[index]
        let start = Int(chunk.dictionaryOffset ?? chunk.dataOffset)
        let pages = Array(bytes.bytes[start..<start + Int(chunk.compressedSize)])
        chunks.append(chunk.moved(by: Int64(bytes.count - start)))
        bytes.append(pages)
    }
}
