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
            let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Int(isal_level_buffer_size(Int32(level))))
            unsafe scratch.initialize(repeating: 0)
            unsafe isal_deflate_init(stream)
            engine = unsafe .isal(stream, scratch, level: UInt32(level))
        } else {
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            unsafe stream.initialize(to: z_stream())
            // Negative window bits: raw deflate (zlib.h, deflateInit2).
            let status = unsafe deflateInit2_(
                stream, Int32(level), Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size))
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
        // Stored blocks are the worst case: 5 bytes for each 65,535 (RFC 1951, section 3.2.4), and the flush marker.
        let limit = text.count + text.count / 8 + 1_024
        unsafe text.withBytes { input in
            unsafe output.appendUnsafely(atMost: limit) { room in
                switch engine {
                case .isal(let stream, let scratch, let level):
                    unsafe Self.run(stream, scratch, level: level, input, room, limit)
                case .zlib(let stream):
                    unsafe Self.run(stream, input, room, limit)
                }
            }
        }
    }

    private static func run(
        _ stream: UnsafeMutablePointer<isal_zstream>, _ scratch: UnsafeMutableBufferPointer<UInt8>, level: UInt32,
        _ input: UnsafeBufferPointer<UInt8>, _ room: UnsafeMutablePointer<UInt8>, _ limit: Int
    ) -> Int {
        unsafe isal_deflate_init(stream)
        unsafe stream.pointee.level = level
        unsafe stream.pointee.level_buf = scratch.baseAddress
        unsafe stream.pointee.level_buf_size = UInt32(scratch.count)
        unsafe stream.pointee.gzip_flag = UInt16(IGZIP_DEFLATE)
        unsafe stream.pointee.flush = UInt16(FULL_FLUSH)
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe stream.pointee.next_out = room
        unsafe stream.pointee.avail_out = UInt32(limit)
        let status = unsafe isal_deflate(stream)
        precondition(status == COMP_OK, "ISA-L failed: \(status)")
        precondition(unsafe stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0, "ISA-L ran out of room")
        return unsafe Int(stream.pointee.total_out)
    }

    private static func run(
        _ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeBufferPointer<UInt8>,
        _ room: UnsafeMutablePointer<UInt8>, _ limit: Int
    ) -> Int {
        unsafe deflateReset(stream)
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe stream.pointee.next_out = room
        unsafe stream.pointee.avail_out = UInt32(limit)
        let status = unsafe deflate(stream, Z_FULL_FLUSH)
        precondition(status == Z_OK || status == Z_BUF_ERROR, "zlib failed: \(status)")
        precondition(unsafe stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0, "zlib ran out of room")
        return unsafe Int(stream.pointee.total_out)
    }
}
