import CISAL

/// The state of one gzip member being decompressed by Intel's ISA-L.
@safe
final class ISALInflater: Decompressor {
    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)

    init() {
        unsafe isal_inflate_init(state)
        // "If the crc_flag is set to ISAL_GZIP …, the gzip … header is parsed, … and the checksum is verified."
        unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
    }

    deinit {
        unsafe state.deallocate()
    }

    /// The member ends the file, and says itself when it ends.
    let problemAtEnd: String? = "it ends in the middle"

    func decompress(
        _ input: Span<UInt8>,
        from offset: inout Int,
        into output: inout ByteBuffer,
        atMost limit: Int
    ) -> DecompressionOutcome {
        var status: Int32 = 0
        unsafe input.withUnsafeBufferPointer { input in
            let rest = unsafe UnsafeBufferPointer(rebasing: input[offset...])
            unsafe output.appendRaw(atMost: limit) { room in
                // The library reads the input but declares it as mutable.
                unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: rest.baseAddress)
                unsafe state.pointee.avail_in = UInt32(rest.count)
                unsafe state.pointee.next_out = room.baseAddress
                unsafe state.pointee.avail_out = UInt32(room.count)
                status = unsafe cisal_inflate(state)
                offset = unsafe input.count - Int(state.pointee.avail_in)
                return unsafe room.count - Int(state.pointee.avail_out)
            }
        }
        switch status {
        case ISAL_DECOMP_OK: return unsafe state.pointee.block_state == ISAL_BLOCK_FINISH ? .finished : .proceeding
        case ISAL_INVALID_WRAPPER, ISAL_UNSUPPORTED_METHOD: return .failed("it is not gzip")
        case ISAL_INCORRECT_CHECKSUM: return .failed("its CRC-32 or its length is wrong")
        default: return .failed("it is damaged")
        }
    }
}
