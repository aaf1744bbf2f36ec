import DatasetFiles
import DatasetFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The text of a stored file, decompressed if its name says that it is compressed, as far as it has been read and not yet
/// used; it moves on demand.
final class TextWindow {
    private let stream: any TextSource
    private var buffer = ByteBuffer()
    private var position = 0
    /// Bytes of text that have been read.
    private(set) var byteCount: Int64 = 0
    /// The same of each file.
    var byteCounts: [Int64] { stream.byteCounts }
    /// Whether the whole file has been read.
    private(set) var isAtEnd = false

    /// Bytes of a row that no dataset has: a quotation mark that is not closed shall not fill the memory.
    private static let rowLimit = 8 << 20
    private var isTooLong = false

    /// Bytes of text behind which the rest of a file is not read that is only read to be checked.
    private let endlessSize: Int64
    private var isEndless = false

    /// Reads an open file, and others behind it.
    init(_ file: StoredFile, following: [StoredFile] = []) {
        stream = TextStream(file, following: following)
        // Deflate packs 1,032 bytes into one at best; Zstandard any number of equal ones, which no text of rows is.
        endlessSize = 1_100 * min(following.reduce(file.size) { $0 + $1.size }, 1 << 40) + 1 << 24
    }

    /// Reads what is made of a file that is no text, whose length is its own affair.
    init(_ source: any TextSource) { (stream, endlessSize) = (source, .max) }

    /// What is wrong with the file itself as far as it has been read; nil if nothing.
    var problem: String? {
        if isTooLong { return "a row of it does not end" }
        return isEndless ? "its text is over a thousand times as long as the file" : stream.problem
    }

    /// The text of the window.
    var text: [UInt8] { position == 0 ? buffer.bytes : bytes(count) }

    /// Drops the first `count` bytes of the window and appends what follows it; false at the end of the file.
    func advance(dropping count: Int) throws(FileError) -> Bool {
        buffer.removeFirst(position + count)
        position = 0
        isTooLong = buffer.count > Self.rowLimit
        if isTooLong { return false }
        return try grow() && !isAtEnd
    }

    /// Bytes that are there and not yet used.
    var count: Int { buffer.count - position }

    /// Some of them.
    func bytes(_ count: Int) -> [UInt8] { Array(buffer.bytes[position..<position + count]) }

    /// Reads on; false at the end.
    func grow() throws(FileError) -> Bool {
        guard !isAtEnd else { return false }
        // Where nothing is left over, nothing has to be moved.
        buffer.removeFirst(position)
        position = 0
        let before = buffer.count
        isAtEnd = try !stream.read(into: &buffer)
        byteCount += Int64(buffer.count - before)
        return true
    }

    /// Uses up as much of `expected` from `offset` on as there is in the window.
    ///
    /// - Returns: how many bytes; nil, and nothing is used, if they differ.
    func skip(_ expected: ByteBuffer, from offset: Int) -> Int? {
        let length = min(expected.count - offset, count)
        let bytes = buffer.bytes
        let (stored, wanted) = (bytes.span, expected.bytes.span)
        let isEqual = unsafe stored.extracting(position..<position + length)
            .withUnsafeBytes { left in
                unsafe wanted.extracting(offset..<offset + length)
                    .withUnsafeBytes { right in
                        guard let left = left.baseAddress, let right = right.baseAddress else { return true }
                        return unsafe memcmp(left, right, length) == 0
                    }
            }
        guard isEqual else { return nil }
        position += length
        return length
    }

    /// Uses up bytes.
    func skip(_ count: Int) { position += count }

    /// The bytes of the record that begins `offset` bytes ahead, its line feed included; empty at the end of the file, nil
    /// if it is longer than `limit`.
    func record(_ format: RecordFormat, at offset: Int, limit: Int) throws(FileError) -> [UInt8]? {
        while true {
            let start = position + offset
            if start <= buffer.count {
                let text = buffer.bytes
                if let end = format.end(of: text.span, from: start, isLast: isAtEnd) {
                    return end - start > limit ? nil : Array(text[start..<end])
                }
                if buffer.count - start > limit { return nil }
            }
            if try !grow() { return [] }
        }
    }

    /// Puts bytes in front, which have been used already.
    func putBack(_ bytes: some Collection<UInt8>) {
        var whole = ByteBuffer(bytes)
        whole.append(buffer.bytes[position...])
        buffer = whole
        position = 0
    }

    /// Reads to the end; nothing is kept.
    func drain() throws(FileError) {
        position = buffer.count
        while !isEndless, try grow() {
            position = buffer.count
            isEndless = byteCount > endlessSize
        }
    }
}
