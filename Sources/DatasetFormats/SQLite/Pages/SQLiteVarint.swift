/// SQLite's variable-length integers: seven bits a byte, the most significant first, the ninth byte in full.
///
/// Source: section 1.6 of https://sqlite.org/fileformat2.html.
enum SQLiteVarint {
    /// The bytes that a value takes, 1…9.
    @inline(__always)
    static func length(_ value: UInt64) -> Int {
        if value < 0x80 { return 1 }
        if value < 0x4000 { return 2 }
        return min(9, (64 - value.leadingZeroBitCount + 6) / 7)
    }

    /// The bytes that a rowid takes, 1…9.
    @inline(__always)
    static func length(_ rowID: Int64) -> Int { length(UInt64(bitPattern: rowID)) }
}

extension ByteWriter {
    /// Appends a variable-length integer of SQLite.
    @inline(__always)
    mutating func append(varint value: UInt64) {
        if value < 0x80 {
            append(UInt8(truncatingIfNeeded: value))
        } else if value < 0x4000 {
            append(UInt8(truncatingIfNeeded: value >> 7) | 0x80)
            append(UInt8(truncatingIfNeeded: value) & 0x7f)
        } else if value < 0x20_0000 {
            append(UInt8(truncatingIfNeeded: value >> 14) | 0x80)
            append(UInt8(truncatingIfNeeded: value >> 7) | 0x80)
            append(UInt8(truncatingIfNeeded: value) & 0x7f)
        } else if value < 0x1000_0000 {
            append(UInt8(truncatingIfNeeded: value >> 21) | 0x80)
            append(UInt8(truncatingIfNeeded: value >> 14) | 0x80)
            append(UInt8(truncatingIfNeeded: value >> 7) | 0x80)
            append(UInt8(truncatingIfNeeded: value) & 0x7f)
        } else {
            appendLong(varint: value)
        }
    }

    private mutating func appendLong(varint value: UInt64) {
        let count = SQLiteVarint.length(value)
        // In nine bytes the last one holds eight bits.
        let last = count == 9 ? 8 : 7
        for index in 0..<count - 1 {
            let shift = last + 7 * (count - 2 - index)
            append(UInt8(truncatingIfNeeded: value >> shift) | 0x80)
        }
        append(UInt8(truncatingIfNeeded: value) & (last == 8 ? 0xff : 0x7f))
    }

    /// Appends the lowest `count` bytes of a number, the most significant first.
    @inline(__always)
    mutating func append(bigEndian value: Int64, count: Int) {
        for index in (0..<count).reversed() { append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
}
