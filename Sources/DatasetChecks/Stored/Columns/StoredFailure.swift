import DatasetFiles
import DatasetFormats

/// Why a file of columns cannot be read on.
enum StoredFailure: Error {
    /// The system does not let it be read.
    case file(FileError)
    /// What is wrong with it, as the predicate of a sentence about it.
    case damage(String)
}

extension StoredFile {
    /// Some bytes, all of which must be there.
    func wholeBytes(_ range: Range<Int64>) throws(StoredFailure) -> [UInt8] {
        var bytes = ByteBuffer()
        do throws(FileError) {
            while bytes.count < range.count {
                let before = bytes.count
                try unsafe bytes.appendRaw(atMost: range.count - before) { room throws(FileError) in
                    try unsafe read(into: room, at: range.lowerBound + Int64(before))
                }
                if bytes.count == before { break }
            }
        } catch { throw .file(error) }
        guard bytes.count == range.count else { throw .damage("it ends in the middle") }
        return bytes.bytes
    }
}
