import CISAL
import CZlib

/// Compresses blocks of text to raw deflate, each ended by a flush, so that the blocks of a file can be compressed apart
/// and put one behind the other.
///
/// Levels 1 to 3 are ISA-L's, at 700 MB/s a core on such text; 4 to 9 are zlib's, for the smallest files. Its state, a
/// few hundred KiB, belongs to a worker and is reused for every block.
@safe final class DeflateCompressor {
    @safe private enum Engine {
        case isal(UnsafeMutablePointer<isal_zstream>, UnsafeMutableBufferPointer<UInt8>, level: UInt32)
        case zlib(UnsafeMutablePointer<z_stream>)
    }

    private let engine: Engine

    /// - Parameter level: 1, the fastest, to 9, the smallest.
    init(level: Int) {
        precondition((1...9).contains(level))
        if level <= 3 {
            let stream = UnsafeMutablePointer<isal_zstream>.allocate(capacity: 1)
            let scratch = UnsafeMutableBufferPointer<UInt8>
                .allocate(capacity: Int(isal_level_buffer_size(Int32(level))))
            unsafe scratch.initialize(repeating: 0)
            unsafe isal_deflate_init(stream)
            engine = unsafe .isal(stream, scratch, level: UInt32(level))
        } else {
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            unsafe stream.initialize(to: z_stream())
            // Negative window bits: raw deflate (zlib.h, deflateInit2).
            let status = unsafe deflateInit2_(
                stream,
                Int32(level),
                Z_DEFLATED,
                -15,
                9,
                Z_DEFAULT_STRATEGY,
                ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)
            )
            precondition(status == Z_OK, "zlib cannot be initialised: \(status)")
            engine = unsafe .zlib(stream)
        }
    }

    deinit {
        switch engine {
        case .isal(let stream, let scratch, _):
            unsafe stream.deallocate()
            unsafe scratch.deallocate()
        case .zlib(let stream):
            unsafe deflateEnd(stream)
            unsafe stream.deallocate()
        }
    }

    /// Appends the compressed text, ended at a byte boundary and without reference to what came before.
    func compress(_ text: borrowing ByteBuffer, into output: inout ByteBuffer) {
        unsafe text.withBytes { input in
            switch engine {
            case .isal(let stream, let scratch, let level):
                unsafe Self.begin(stream, scratch, level: level, input)
                repeat {
                    unsafe output.appendUnsafely(atMost: Self.piece) { unsafe Self.proceed(stream, $0) }
                } while unsafe stream.pointee.avail_out == 0
            case .zlib(let stream):
                unsafe Self.begin(stream, input)
                repeat {
                    unsafe output.appendUnsafely(atMost: Self.piece) { unsafe Self.proceed(stream, $0) }
                } while unsafe stream.pointee.avail_out == 0
            }
        }
    }

    /// Bytes of room per step.
    ///
    /// A flush is complete when it leaves room (zlib.h, deflate; igzip_lib.h, isal_deflate).
    private static let piece = 1 << 18

    private static func begin(
        _ stream: UnsafeMutablePointer<isal_zstream>,
        _ scratch: UnsafeMutableBufferPointer<UInt8>,
        level: UInt32,
        _ input: UnsafeBufferPointer<UInt8>
    ) {
        unsafe isal_deflate_init(stream)
        unsafe stream.pointee.level = level
        unsafe stream.pointee.level_buf = scratch.baseAddress
        unsafe stream.pointee.level_buf_size = UInt32(scratch.count)
        unsafe stream.pointee.gzip_flag = UInt16(IGZIP_DEFLATE)
        unsafe stream.pointee.flush = UInt16(FULL_FLUSH)
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
    }

    private static func proceed(
        _ stream: UnsafeMutablePointer<isal_zstream>,
        _ room: UnsafeMutablePointer<UInt8>
    ) -> Int {
        unsafe stream.pointee.next_out = room
        unsafe stream.pointee.avail_out = UInt32(piece)
        let status = unsafe isal_deflate(stream)
        precondition(status == COMP_OK, "ISA-L failed: \(status)")
        return unsafe piece - Int(stream.pointee.avail_out)
    }

    private static func begin(_ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeBufferPointer<UInt8>) {
        unsafe deflateReset(stream)
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
    }

    private static func proceed(
        _ stream: UnsafeMutablePointer<z_stream>,
        _ room: UnsafeMutablePointer<UInt8>
    ) -> Int {
        unsafe stream.pointee.next_out = room
        unsafe stream.pointee.avail_out = UInt32(piece)
        let status = unsafe deflate(stream, Z_FULL_FLUSH)
        // Z_BUF_ERROR: there was nothing left to do.
        precondition(status == Z_OK || status == Z_BUF_ERROR, "zlib failed: \(status)")
        return unsafe piece - Int(stream.pointee.avail_out)
    }
}
