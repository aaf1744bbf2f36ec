import DatasetFiles
import DatasetFormats

/// What is in the pages of Parquet files, out of their compression.
enum ParquetPageContent {
    /// The bytes of a page.
    ///
    /// - Parameters:
    ///   - body: what stands in the file.
    ///   - codec: how that is compressed, by its number in `parquet.thrift`.
    ///   - size: how many bytes there are by the page's header.
    ///   - path: the file.
    ///   - failure: the error for a problem, as the predicate of a sentence about the page.
    /// - Returns: them.
    /// - Throws: `StoredFailure` for what cannot be had.
    static func content(
        of body: [UInt8],
        codec: Int64,
        size: Int,
        in path: String,
        failure: (String) -> StoredFailure
    ) throws(StoredFailure) -> [UInt8] {
        let content: [UInt8]?
        switch codec {
        case 0: content = body
        case 1: content = SnappyText.text(of: body.span, atMost: size)
        case 2: content = try decompressed(body, .gzip, size: size, path)
        case 6: content = try decompressed(body, .zstd, size: size, path)
        default:
            let names: [Int64: String] = [3: "LZO", 4: "Brotli", 5: "LZ4", 7: "LZ4"]
            throw failure(
                "is compressed by \(names[codec] ?? "a method of number \(codec)"); Zstandard, Snappy and gzip are read"
            )
        }
        guard let content else { throw failure("is damaged") }
        guard content.count == size else { throw failure("has another size than it tells") }
        return content
    }

    /// The text of compressed bytes; nil where they are damaged, and too much of it where it is more than is stated.
    private static func decompressed(
        _ body: [UInt8],
        _ format: CompressedFormat,
        size: Int,
        _ path: String
    ) throws(StoredFailure) -> [UInt8]? {
        let decompressor = format.makeDecompressor()
        var (content, offset) = (ByteBuffer(), 0)
        while content.count <= size {
            let before = (content.count, offset)
            let limit = size - content.count + 1
            let outcome = decompressor.decompress(body.span, from: &offset, into: &content, atMost: limit)
            switch outcome {
            case .outOfMemory: throw .file(FileError(outOfMemoryReading: path))
            case .failed: return nil
            case .finished: return offset == body.count ? content.bytes : nil
            case .proceeding: break
            }
            if before == (content.count, offset) || decompressor.problemAtEnd == nil && offset == body.count { break }
        }
        guard content.count > size || decompressor.problemAtEnd == nil && offset == body.count else { return nil }
        return content.bytes
    }
}
