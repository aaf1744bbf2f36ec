import CZstd

/// The state of a file of Zstandard frames being decompressed; each frame's structure, length and checksum are checked.
@safe
final class ZstdDecompressor: Decompressor {
    /// Nil where there was no memory for it.
    private let context: OpaquePointer?
    /// Bytes of the frame at hand so far; 0 between frames.
    private var frameBytes = 0
    private var frameCount = 0

    /// Bytes of the magic number that a frame begins with.
    private static let magicSize = 4

    init() {
        unsafe context = ZSTD_createDCtx()
        guard let context = unsafe context else { return }
        // A damaged header shall not have gigabytes reserved.
        let status = unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZstdCompressor.windowLog)
        precondition(ZSTD_isError(status) == 0, "libzstd refuses its parameters")
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
    }

    var problemAtEnd: String? {
        if frameBytes == 0, frameCount > 0 { return nil }
        return isBehindEnd ? Self.excess : "it ends in the middle"
    }

    func decompress(
        _ input: Span<UInt8>,
        from offset: inout Int,
        into output: inout ByteBuffer,
        atMost limit: Int
    ) -> DecompressionOutcome {
        guard let context = unsafe context else { return .outOfMemory }
        // A decoder passes over frames that are no text; nothing of ours is in any.
        if frameBytes == 0, Self.isSkippable(input, at: offset) {
            return .failed("it has a frame that is no text")
        }
        var status = 0
        unsafe input.withUnsafeBufferPointer { input in
            var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: offset)
            unsafe output.appendRaw(atMost: limit) { room in
                var target = unsafe ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
                status = unsafe ZSTD_decompressStream(context, &target, &source)
                return unsafe target.pos
            }
            unsafe frameBytes += source.pos - offset
            unsafe offset = source.pos
        }
        if ZSTD_isError(status) != 0 {
            let code = ZSTD_getErrorCode(status)
            return code == ZSTD_error_memory_allocation ? .outOfMemory : .failed(problem(code))
        }
        // "return : 0 when a frame is completely decoded and fully flushed" (zstd.h).
        if status == 0 {
            frameBytes = 0
            frameCount += 1
        }
        return .proceeding
    }

    /// Whether what there is of a frame begins as a skippable one: 0x184D2A50 to 0x184D2A5F, the lowest byte first
    /// (RFC 8878, section 3.1.2).
    private static func isSkippable(_ input: Span<UInt8>, at offset: Int) -> Bool {
        guard offset < input.count, input[offset] & 0xf0 == 0x50 else { return false }
        let rest: [UInt8] = [0x2a, 0x4d, 0x18]
        let known = min(rest.count, input.count - offset - 1)
        return (0..<known).allSatisfy { input[offset + 1 + $0] == rest[$0] }
    }
    private static let excess = "there are bytes behind the end"

    /// Whether what follows a whole frame is too short to be the beginning of one.
    private var isBehindEnd: Bool { frameCount > 0 && frameBytes < Self.magicSize }

    private func problem(_ code: ZSTD_ErrorCode) -> String {
        switch code {
        case ZSTD_error_prefix_unknown: frameCount > 0 ? Self.excess : "it is not zstd"
        case ZSTD_error_checksum_wrong: "its checksum is wrong"
        default: "it is damaged"
        }
    }
}
