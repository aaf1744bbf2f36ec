import DatasetGen

/// Makes pages: compresses what is in them and puts their headers before it.
struct PageWriter {
    private let compressor: ZstdCompressor?
    private var compressed = ByteBuffer()

    init(_ compression: Compression) {
        if case .zstd(let level) = compression {
            compressor = ZstdCompressor(level: level, isChecked: false)
        } else {
            compressor = nil
        }
    }

    /// Appends a page.
    ///
    /// - Parameters:
    ///   - body: what is in it.
    ///   - type: what it is.
    ///   - output: the pages before it.
    ///   - describe: appends what its header says of it beyond sizes and checksum.
    /// - Returns: bytes of its header.
    mutating func append(
        _ body: borrowing ByteBuffer,
        _ type: ParquetPageType,
        to output: inout ByteBuffer,
        _ describe: (inout ThriftWriter) -> Void
    ) -> Int {
        compressed.removeAll()
        let checksum: TextChecksum
        if let compressor {
            compressor.compress(body, into: &compressed)
            checksum = TextChecksum(compressed)
        } else {
            checksum = TextChecksum(body)
        }
        var header = ThriftWriter()
        header.append(1, int32: type.rawValue)
        header.append(2, int32: body.count)
        header.append(3, int32: checksum.length)
        // "The CRC … of the page data, in its compressed form": the polynomial of gzip, with a sign.
        header.append(4, int32: Int(Int32(bitPattern: checksum.crc)))
        describe(&header)
        header.finish()
        output.append(header.bytes)
        if compressor == nil { output.append(body.bytes) } else { output.append(compressed.bytes) }
        return header.bytes.count
    }
}
