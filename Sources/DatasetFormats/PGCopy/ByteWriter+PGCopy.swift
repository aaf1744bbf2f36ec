extension ByteWriter {
    /// Appends a NULL.
    @inline(__always)
    mutating func appendNullField() { append(bigEndian: UInt32.max) }

    /// Appends a field of bytes.
    @inline(__always)
    mutating func appendField(_ bytes: Span<UInt8>) {
        append(bigEndian: UInt32(truncatingIfNeeded: bytes.count))
        append(bytes)
    }
}

extension ByteBuffer {
    /// Appends a field of a text.
    mutating func append(pgText text: String?) {
        guard let text else { return append(pgBytes: nil) }
        append(pgBytes: Array(text.utf8))
    }

    /// Appends a field of bytes; nil is NULL.
    mutating func append(pgBytes bytes: [UInt8]?) {
        append(Self.bytes(of: bytes.map { UInt32(truncatingIfNeeded: $0.count) } ?? .max))
        if let bytes { append(bytes) }
    }

    /// Appends a field of a number.
    mutating func append(pgNumber number: some FixedWidthInteger) { append(pgBytes: Self.bytes(of: number)) }

    /// The bytes of a number, the most significant first.
    static func bytes<Number: FixedWidthInteger>(of number: Number) -> [UInt8] {
        stride(from: Number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> Number($0)) }
    }
}
