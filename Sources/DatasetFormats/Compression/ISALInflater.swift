import CISAL

/// The state of one gzip member being decompressed by Intel's ISA-L.
@safe
final class ISALInflater: Decompressor {
    private let state = UnsafeMutableRawBufferPointer.allocate(byteCount: cisal_inflate_bytes, alignment: 16)

    init() {
        unsafe cisal_inflate_begin(state.baseAddress)
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
        var (status, isFinished): (Int32, Int32) = (0, 0)
        unsafe input.withUnsafeBufferPointer { input in
            let rest = unsafe UnsafeBufferPointer(rebasing: input[offset...])
            unsafe output.appendRaw(atMost: limit) { room in
                var (unread, unused) = (UInt32(rest.count), UInt32(room.count))
                status = unsafe cisal_inflate(
                    state.baseAddress,
                    rest.baseAddress,
                    &unread,
                    room.baseAddress,
                    &unused,
                    &isFinished
                )
                offset = input.count - Int(unread)
                return room.count - Int(unused)
            }
        }
        switch status {
        case ISAL_DECOMP_OK: return isFinished != 0 ? .finished : .proceeding
        case ISAL_INVALID_WRAPPER, ISAL_UNSUPPORTED_METHOD: return .failed("it is not gzip")
        case ISAL_INCORRECT_CHECKSUM: return .failed("its CRC-32 or its length is wrong")
        default: return .failed("it is damaged")
        }
    }
}
