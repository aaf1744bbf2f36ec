/// Writes bits into memory, the first one lowest (RFC 1951, section 3.1.1).
@unsafe
struct BitWriter {
    private let start: UnsafeMutableRawPointer
    private var next: UnsafeMutableRawPointer
    private var bits: UInt64
    private var count: UInt64

    /// - Parameters:
    ///   - place: where whole bytes go; up to 8 more than the bits need are written.
    ///   - pending: bits that do not fill a byte yet.
    init(_ place: UnsafeMutableRawPointer, _ pending: PendingBits) {
        unsafe (start, next) = (place, place)
        unsafe (bits, count) = (UInt64(pending.bits), UInt64(pending.count))
    }

    /// Appends up to 56 bits behind the up to 7 that no ``flush()`` has written.
    @inline(__always)
    mutating func append(_ value: UInt64, _ length: UInt64) {
        unsafe bits |= value &<< count
        unsafe count &+= length
    }

    /// Writes the whole bytes; fewer than 8 bits remain.
    @inline(__always)
    mutating func flush() {
        unsafe next.storeBytes(of: bits.littleEndian, as: UInt64.self)
        unsafe next += Int(truncatingIfNeeded: count >> 3)
        unsafe bits &>>= count & ~7
        unsafe count &= 7
    }

    /// Fills the last byte with zeros.
    mutating func alignToByte() {
        unsafe count = (count + 7) & ~7
    }

    /// What is left after a flush, and the number of bytes written.
    func finish() -> (pending: PendingBits, byteCount: Int) {
        unsafe (PendingBits(bits: UInt8(bits), count: UInt8(count)), next - start)
    }
}

/// Bits that do not fill a byte yet.
struct PendingBits {
    var bits: UInt8 = 0
    /// Number of bits, 0…7.
    var count: UInt8 = 0
}
