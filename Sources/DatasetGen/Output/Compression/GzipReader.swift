import CZlib

/// Reads a gzip file and checks it: structure, CRC-32 and length.
@safe final class GzipReader {
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: FileReader
    private var compressed: [UInt8] = []
    private var text = [UInt8](repeating: 0, count: 1 << 18)
    private var isEnded = false

    /// - Throws: ``FileError`` when the file cannot be opened.
    init(path: String) throws(FileError) {
        input = try FileReader(path: path)
        unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 16 added to the window bits: gzip only (zlib.h, inflateInit2).
        let status = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib cannot be initialised: \(status)")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Calls `body` with the text, piece by piece.
    ///
    /// - Returns: nil if the file is one whole and undamaged gzip member, else what is wrong.
    /// - Throws: ``FileError`` when the file cannot be read.
    func read(_ body: (ArraySlice<UInt8>) -> Void) throws(FileError) -> String? {
        while true {
            compressed = try input.next()
            if compressed.isEmpty { return isEnded ? nil : "it ends in the middle" }
            if isEnded { return "there are bytes behind the end" }
            if let problem = inflateAll(body) { return problem }
        }
    }

    private func inflateAll(_ body: (ArraySlice<UInt8>) -> Void) -> String? {
        unsafe compressed.withUnsafeMutableBufferPointer { source in
            unsafe stream.pointee.next_in = source.baseAddress
            unsafe stream.pointee.avail_in = UInt32(source.count)
            repeat {
                let capacity = text.count
                let status = unsafe text.withUnsafeMutableBufferPointer { target in
                    unsafe stream.pointee.next_out = target.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(capacity)
                    return unsafe inflate(stream, Z_NO_FLUSH)
                }
                body(text[..<(capacity - Int(unsafe stream.pointee.avail_out))])
                switch status {
                case Z_OK, Z_BUF_ERROR: continue
                case Z_STREAM_END:
                    isEnded = true
                    return unsafe stream.pointee.avail_in == 0 ? nil : "there are bytes behind the end"
                default:
                    return unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "it is damaged"
                }
            } while unsafe stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
            return nil
        }
    }
}
