import CISAL

/// The state of one gzip member being decompressed by Intel's ISA-L.
@safe
final class ISALInflater {
    /// What came of a step.
    enum Outcome {
        /// All is well so far.
        case proceeding
        /// The member is complete, and its checksum and length are right.
        case finished
        /// The header is not gzip's.
        case isNotGzip
        /// Checksum or length are wrong.
        case failsChecksum
        /// The data make no sense.
        case isCorrupt
    }

    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)

    init() {
        unsafe isal_inflate_init(state)
        // "If the crc_flag is set to ISAL_GZIP …, the gzip … header is parsed, … and the checksum is verified."
        unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
    }

    deinit {
        unsafe state.deallocate()
    }

    /// Decompresses from `input`, beginning at `offset` and advancing it, to the end of `output`, up to `limit` bytes.
    func inflate(
        _ input: Span<UInt8>,
        from offset: inout Int,
        into output: inout ByteBuffer,
        atMost limit: Int
    ) -> Outcome {
        var status: Int32 = 0
        unsafe input.withUnsafeBufferPointer { input in
            let rest = unsafe UnsafeBufferPointer(rebasing: input[offset...])
            unsafe output.appendRaw(atMost: limit) { room in
                // The library reads the input but declares it as mutable.
                unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: rest.baseAddress)
                unsafe state.pointee.avail_in = UInt32(rest.count)
                unsafe state.pointee.next_out = room.baseAddress
                unsafe state.pointee.avail_out = UInt32(room.count)
                status = unsafe isal_inflate(state)
                offset = unsafe input.count - Int(state.pointee.avail_in)
                return unsafe room.count - Int(state.pointee.avail_out)
            }
        }
        switch status {
        case ISAL_DECOMP_OK: return unsafe state.pointee.block_state == ISAL_BLOCK_FINISH ? .finished : .proceeding
        case ISAL_INVALID_WRAPPER, ISAL_UNSUPPORTED_METHOD: return .isNotGzip
        case ISAL_INCORRECT_CHECKSUM: return .failsChecksum
        default: return .isCorrupt
        }
    }
}
