extension Span where Element == UInt8 {
    /// The number at a position, in groups of seven bits, as ``ByteWriter/append(leb128:)`` writes it.
    ///
    /// - Parameters:
    ///   - position: where it begins, and then where it has ended.
    ///   - limit: bytes that it may have.
    /// - Returns: nil where it does not end.
    package func leb128(at position: inout Int, bytes limit: UInt64 = 10) -> UInt64? {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while shift < 7 * limit, position < count {
            let byte = self[position]
            position += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    /// Likewise a number whose sign is its lowest bit.
    package func zigzag(at position: inout Int) -> Int64? {
        leb128(at: &position).map { Int64(bitPattern: $0 >> 1) ^ -Int64($0 & 1) }
    }
}
