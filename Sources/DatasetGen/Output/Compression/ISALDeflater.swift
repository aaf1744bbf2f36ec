import CISAL

/// Deflate by Intel's ISA-L, at several times the speed of zlib.
///
/// It chooses its code by the kind of CPU, so its output may differ between kinds; the text inside never does.
@safe
final class ISALDeflater: Deflater {
    private let stream = UnsafeMutablePointer<isal_zstream>.allocate(capacity: 1)
    private let levelBuffer: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter level: 1…3.
    init(level: Int) {
        unsafe levelBuffer = .allocate(capacity: Self.levelBufferSize(level))
        unsafe levelBuffer.initialize(repeating: 0)
        unsafe isal_deflate_init(stream)
        unsafe stream.pointee.level = UInt32(level)
        unsafe stream.pointee.level_buf = levelBuffer.baseAddress
        unsafe stream.pointee.level_buf_size = UInt32(levelBuffer.count)
    }

    deinit {
        unsafe levelBuffer.deallocate()
        unsafe stream.deallocate()
    }

    func deflate(_ text: Span<UInt8>, into buffer: inout ByteBuffer) {
        unsafe isal_deflate_reset(stream)
        unsafe stream.pointee.flush = UInt16(FULL_FLUSH)
        unsafe text.withUnsafeBufferPointer { text in
            // The library reads the text but declares it as mutable.
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: text.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(text.count)
            repeat {
                unsafe buffer.appendRaw(atMost: max(text.count / 3, 4_096)) { room in
                    unsafe stream.pointee.next_out = room.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(room.count)
                    let status = unsafe isal_deflate(stream)
                    precondition(status == COMP_OK, "ISA-L refuses its parameters")
                    return unsafe room.count - Int(stream.pointee.avail_out)
                }
                // "Checking that the out_buffer is not empty … is sufficient to guarantee all input has been flushed."
            } while unsafe stream.pointee.avail_out == 0
        }
    }

    /// The size `ISAL_DEF_LVLx_MEDIUM` of igzip_lib.h: hash table, match table, and 32 Ki tokens of 4 bytes.
    ///
    /// The larger sizes save less than 0.1 % of the output, and leave less of the cache to the text.
    private static func levelBufferSize(_ level: Int) -> Int {
        let kibi = 1_024
        let required =
            switch level {
            case 1: 4 * kibi + 2 * 8 * kibi
            case 2: 4 * kibi + 2 * 32 * kibi
            default: 4 * kibi + 4 * 4 * kibi + 2 * 32 * kibi
            }
        return required + 4 * 32 * kibi
    }
}
