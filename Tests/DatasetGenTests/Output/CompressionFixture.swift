import DatasetFiles
import DatasetFormats
import DatasetGen

/// Text to compress, and the reader of what was compressed.
enum CompressionFixture {
    /// Blocks of text, one empty and one that does not compress.
    static let blocks: [[UInt8]] = {
        var state: UInt64 = 7
        let noise = (0..<100_000)
            .map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
        let rows = (0..<20_000).map { "\($0),2025-01-18T10:30:45.123456,SENSOR_\($0 % 7),22.\($0 % 90 + 10)\n" }
        return [Array("id,time\n".utf8), Array(rows.joined().utf8), [], noise, Array(rows.prefix(9).joined().utf8)]
    }()

    /// A gzip file of these blocks.
    static func gzip(_ blocks: [[UInt8]], level: Int) -> [UInt8] {
        let compressor = DeflateCompressor(level: level)
        var member = GzipMember()
        var file = ByteBuffer()
        file.append(GzipMember.header)
        for block in blocks {
            let text = ByteBuffer(block)
            compressor.compress(text, into: &file)
            member.append(TextChecksum(text))
        }
        file.append(member.trailer)
        return file.bytes
    }

    /// A Zstandard file of these blocks.
    static func zstd(_ blocks: [[UInt8]], level: Int) -> [UInt8] {
        let compressor = ZstdCompressor(level: level)
        var file = ByteBuffer()
        for block in blocks { compressor.compress(ByteBuffer(block), into: &file) }
        return file.bytes
    }

    /// The text of a file, and what is wrong with the file.
    static func read(_ path: String, _ compression: CompressedFormat?) throws -> (text: [UInt8], problem: String?) {
        var text: [UInt8] = []
        let problem = try TextStream(path: path, compression: compression).read { text += $0 }
        return (text, problem)
    }
}
