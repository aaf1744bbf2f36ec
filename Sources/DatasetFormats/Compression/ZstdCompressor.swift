import CZstd
import DatasetGen

/// Compresses blocks of text to Zstandard frames, which one behind the other are a file (RFC 8878, section 3).
///
/// Each frame states the length of its text and ends with a checksum of it. Equal text and level give equal bytes for
/// one version of libzstd, whatever was compressed before. The state belongs to one worker and is reused.
///
/// | CSV | 100, by time | 100, by sensor | 1,000, by time | 1,000, by sensor |
/// | --- | --- | --- | --- | --- |
/// | gzip 1 | 7.1, 1,400 | 14.8, 2,600 | 4.7, 930 | 14.3, 2,500 |
/// | gzip 6 | 10.8, 98 | 18.2, 230 | 5.5, 67 | 17.6, 220 |
/// | zstd -1 | 15.6, 1,600 | 17.6, 1,700 | 10.3, 1,300 | 16.4, 1,700 |
/// | zstd 1 | 21.2, 1,500 | 22.1, 1,600 | 18.6, 1,400 | 21.4, 1,600 |
/// | zstd 3 | 19.6, 1,400 | 19.2, 1,400 | 18.6, 1,200 | 18.7, 1,400 |
/// | zstd 6 | 20.6, 260 | 22.0, 260 | 17.5, 230 | 21.9, 270 |
/// | zstd 9 | 18.9, 160 | 23.4, 170 | 15.4, 140 | 22.5, 190 |
/// | zstd 12 | 19.2, 81 | 23.1, 95 | 15.9, 61 | 22.4, 110 |
/// | zstd 19 | 27.1, 1 | 30.2, 3 | 22.5, 2 | 29.6, 2 |
///
/// | JSON Lines | 100, by time | 100, by sensor | 1,000, by time | 1,000, by sensor |
/// | --- | --- | --- | --- | --- |
/// | gzip 1 | 9.5, 1,900 | 34.0, 6,600 | 9.6, 1,900 | 31.9, 5,800 |
/// | gzip 6 | 13.3, 180 | 50.3, 340 | 13.4, 180 | 47.2, 320 |
/// | zstd -1 | 39.9, 2,800 | 46.8, 2,900 | 32.1, 2,400 | 43.3, 2,900 |
/// | zstd 1 | 51.3, 2,700 | 59.1, 2,800 | 43.9, 2,400 | 54.6, 2,800 |
/// | zstd 3 | 43.7, 2,500 | 55.3, 2,600 | 37.1, 2,200 | 51.5, 2,400 |
/// | zstd 6 | 50.9, 400 | 60.5, 440 | 42.0, 360 | 59.8, 420 |
/// | zstd 9 | 56.7, 320 | 62.4, 330 | 47.7, 270 | 61.7, 300 |
/// | zstd 12 | 53.9, 170 | 63.2, 190 | 45.5, 140 | 62.9, 150 |
/// | zstd 19 | 59.7, 3 | 67.0, 4 | 57.6, 4 | 67.0, 4 |
///
/// Ratio and MB/s of text on one core, by number of sensors and order of rows; libzstd 1.5.4, of 131,072 rows each, at
/// level 19 of 32,768. Level 1 is the default: 2 to 6 are no faster and hardly ever smaller, 9 and 12 a tenth smaller
/// at best and at a tenth of the speed. Levels below 1 would be 5 % faster at best and up to 80 % larger; there are
/// none.
///
/// Long-distance matching is off: it takes more than half of the speed and finds less.
@safe
public final class ZstdCompressor {
    /// Binary logarithm of the largest window: 8 MiB, up to which every decoder should go (RFC 8878, section
    /// 3.1.1.1.2).
    ///
    /// 16,384 rows fit in, so that in the order of time a row finds its sensor's row before, however large the fleet.
    static let windowLog: Int32 = 23

    private let context: OpaquePointer

    /// A compressor of one worker.
    ///
    /// - Parameters:
    ///   - level: one of ``Compression/zstdLevels``.
    ///   - isChecked: whether frames end with a checksum of their own.
    public init(level: Int, isChecked: Bool = true) {
        precondition(Compression.zstdLevels.contains(level), "no such level of compression")
        guard let context = unsafe ZSTD_createCCtx() else { preconditionFailure("out of memory") }
        unsafe self.context = context
        set(ZSTD_c_compressionLevel, to: Int32(level))
        set(ZSTD_c_checksumFlag, to: isChecked ? 1 : 0)
        set(ZSTD_c_windowLog, to: Self.windowLog)
        // In libzstd's own 2¹⁴ entries the rows of many sensors push one another out: with 2¹⁷, CSV in the order of
        // time gets 9 % smaller for 1,000 sensors and 21 % for 10,000, at the same speed.
        if level == 1 { set(ZSTD_c_hashLog, to: 17) }
    }

    deinit {
        unsafe ZSTD_freeCCtx(context)
    }

    private func set(_ parameter: ZSTD_cParameter, to value: Int32) {
        let status = unsafe ZSTD_CCtx_setParameter(context, parameter, value)
        precondition(ZSTD_isError(status) == 0, "libzstd refuses its parameters")
    }

    /// Appends one frame with the compressed text.
    public func compress(_ text: borrowing ByteBuffer, into output: inout ByteBuffer) {
        unsafe text.bytes.span.withUnsafeBufferPointer { text in
            unsafe output.appendRaw(atMost: ZSTD_compressBound(text.count)) { room in
                let size = unsafe ZSTD_compress2(context, room.baseAddress, room.count, text.baseAddress, text.count)
                precondition(ZSTD_isError(size) == 0, "libzstd is out of memory")
                return size
            }
        }
    }

    /// Appends one frame with the text as it is, for text that hardly shrinks.
    ///
    /// Source: RFC 8878, sections 3.1.1.1 and 3.1.1.2: a frame of a single segment, which tells the length of its content in
    /// four bytes, and raw blocks.
    package func store(_ text: borrowing ByteBuffer, into output: inout ByteBuffer) {
        precondition(text.count <= UInt32.max, "a frame of more than 4 GiB")
        let blockCount = max(1, (text.count + Self.rawBlockSize - 1) / Self.rawBlockSize)
        let bytes = text.bytes
        output.append(atMost: 9 + 3 * blockCount + text.count) { writer in
            writer.append(littleEndian: 0xfd2f_b528 as UInt32)
            writer.append(0b1010_0000 as UInt8)
            writer.append(littleEndian: UInt32(text.count))
            for block in 0..<blockCount {
                let start = block * Self.rawBlockSize
                let range = start..<min(start + Self.rawBlockSize, bytes.count)
                let head = range.count << 3 | (block + 1 == blockCount ? 1 : 0)
                for shift in [0, 8, 16] { writer.append(UInt8(truncatingIfNeeded: head >> shift)) }
                writer.append(bytes.span.extracting(range))
            }
        }
    }

    /// The most bytes of a block: "Block_Maximum_Size is the smallest of Window_Size and 128 KB", and the window of a single
    /// segment is as large as its content.
    private static let rawBlockSize = 128 << 10
}
