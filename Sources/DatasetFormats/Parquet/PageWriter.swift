import DatasetGen

/// Makes pages: compresses what is in them and puts their headers before it.
struct PageWriter {
    private let compressor: ZstdCompressor?
    private var snappy: SnappyCompressor?
    private var compressed = ByteBuffer()
    /// Pages of data of the column at hand that were not small, and whether the last that was tried hardly shrank.
    private var (largeCount, isDense) = (0, false)

    init(_ compression: Compression) {
        compressor =
            if case .zstd(let level) = compression { ZstdCompressor(level: level, isChecked: false) } else { nil }
        snappy = compression == .snappy ? SnappyCompressor() : nil
    }

    /// Begins with the pages of another column.
    mutating func beginColumn() { (largeCount, isDense) = (0, false) }

    /// Appends a page.
    ///
    /// - Parameters:
    ///   - body: what is in it.
    ///   - type: what it is.
    ///   - isKept: whether it is kept for other columns, so that it must not depend on the pages before it.
    ///   - output: the pages before it.
    ///   - describe: appends what its header says of it beyond sizes and checksum.
    /// - Returns: bytes of its header.
    mutating func append(
        _ body: borrowing ByteBuffer,
        _ type: ParquetPageType,
        isKept: Bool = false,
        to output: inout ByteBuffer,
        _ describe: (inout ThriftWriter) -> Void
    ) -> Int {
        compressed.removeAll()
        let isPlain = compressor == nil && snappy == nil
        if let compressor {
            compress(body, isTried: isKept || type != .data, compressor)
        } else {
            snappy?.compress(body, into: &compressed)
        }
        let checksum = isPlain ? TextChecksum(body) : TextChecksum(compressed)
        var header = ThriftWriter()
        header.append(1, int32: type.rawValue)
        header.append(2, int32: body.count)
        header.append(3, int32: checksum.length)
        // "The CRC … of the page data, in its compressed form": the polynomial of gzip, with a sign.
        header.append(4, int32: Int(Int32(bitPattern: checksum.crc)))
        describe(&header)
        header.finish()
        output.append(header.bytes)
        if isPlain { output.append(body.bytes) } else { output.append(compressed.bytes) }
        return header.bytes.count
    }

    /// Smaller pages than the first are never worth to be searched, and such as the second always are.
    private static let (tiny, large) = (24, 1_024)
    /// Every so many large pages it is tried anew whether they shrink.
    private static let pagesPerTrial = 8

    /// Compresses a page, or stores it in a frame: packed bits of readings hardly shrink, and take the most time.
    private mutating func compress(
        _ body: borrowing ByteBuffer,
        isTried: Bool,
        _ compressor: ZstdCompressor
    ) {
        guard !isTried, body.count >= Self.large else {
            if body.count < Self.tiny {
                compressor.store(body, into: &compressed)
            } else {
                compressor.compress(body, into: &compressed)
            }
            return
        }
        let isTrial = largeCount % Self.pagesPerTrial == 0
        largeCount += 1
        if isDense, !isTrial { return compressor.store(body, into: &compressed) }
        compressor.compress(body, into: &compressed)
        if isTrial { isDense = compressed.count > body.count - body.count / 8 }
    }
}
