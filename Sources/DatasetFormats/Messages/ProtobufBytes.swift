/// Writes the fields of Google's protocol buffers that messages need.
///
/// Source: https://protobuf.dev/programming-guides/encoding.
package struct ProtobufBytes: Sendable {
    /// The fields so far.
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Forgets the fields and keeps the storage.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends a number without a fraction.
    package mutating func append(_ field: UInt64, number value: UInt64) {
        append(field << 3)
        append(value)
    }

    /// Appends a number with a fraction.
    package mutating func append(_ field: UInt64, double value: Double) {
        append(field << 3 | 1)
        var bits = value.bitPattern.littleEndian
        for _ in 0..<8 {
            bytes.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
        }
    }

    /// Appends a text, or another message.
    package mutating func append(_ field: UInt64, _ value: some Collection<UInt8>) {
        append(field << 3 | 2)
        append(UInt64(value.count))
        bytes += value
    }

    private mutating func append(_ varint: UInt64) {
        var rest = varint
        while rest > 0x7f {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
