import CZlib

/// Deflate by zlib, which searches for what repeats; the same output everywhere for one version of zlib.
@safe
final class ZlibDeflater {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    /// - Parameter level: 1…9.
    init(level: Int) {
        unsafe stream.initialize(to: z_stream())
        // Negative window bits: "deflate will then generate raw deflate data with no zlib header or trailer" (zlib.h).
        let status = unsafe deflateInit2_(
            stream,
            Int32(level),
            Z_DEFLATED,
            -MAX_WBITS,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        precondition(status == Z_OK, "out of memory")
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Appends `text` compressed: whole deflate blocks without reference to earlier text, none of them final, ended by
    /// an empty stored block, so that the output is whole bytes and more deflate data may follow.
    func deflate(_ text: Span<UInt8>, into buffer: inout ByteBuffer) {
        unsafe deflateReset(stream)
        unsafe text.withUnsafeBufferPointer { text in
            // zlib reads the text but declares it as mutable.
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: text.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(text.count)
            repeat {
                unsafe buffer.appendRaw(atMost: max(text.count / 3, 4_096)) { room in
                    unsafe stream.pointee.next_out = room.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(room.count)
                    _ = unsafe CZlib.deflate(stream, Z_FULL_FLUSH)
                    return unsafe room.count - Int(stream.pointee.avail_out)
                }
                // "If deflate() returns with avail_out == 0, this function must be called again with the same value of
                // the flush parameter and more output space until the flush is complete" (zlib.h).
            } while unsafe stream.pointee.avail_out == 0
        }
    }
}
