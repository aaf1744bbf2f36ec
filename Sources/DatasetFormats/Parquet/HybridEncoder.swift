/// The hybrid of run lengths and packed bits, of which levels and indices of dictionaries are made.
///
/// Source: Parquet's `Encodings.md`, "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)": runs of one value, and groups of
/// eight values of as many bits each, the least significant first.
enum HybridEncoder {
    /// The bits that numbers up to one need.
    static func width(of maximum: Int) -> Int { Int.bitWidth - maximum.leadingZeroBitCount }

    /// The most bytes of so many values of a width.
    static func limit(_ count: Int, width: Int) -> Int { (count + 8) * (width + 7) / 8 + count / 8 * 6 + 32 }

    /// Appends values of a width in bits.
    ///
    /// - Complexity: O(values).
    static func append(_ values: Span<UInt32>, width: Int, to writer: inout ByteWriter) {
        var (begin, index) = (0, 0)
        while index < values.count {
            let value = values[index]
            var end = index + 1
            while end < values.count, values[end] == value { end += 1 }
            // Values before a run are packed in eights, to which it gives its first ones.
            let given = (8 - (index - begin) % 8) % 8
            if end - index - given >= 8 {
                pack(values.extracting(begin..<index + given), width, to: &writer)
                repeated(value, end - index - given, width, to: &writer)
                begin = end
            }
            index = end
        }
        pack(values.extracting(begin..<values.count), width, to: &writer)
    }

    /// Appends a run of one value.
    static func repeated(_ value: UInt32, _ count: Int, _ width: Int, to writer: inout ByteWriter) {
        writer.append(leb128: count << 1)
        for byte in 0..<(width + 7) / 8 { writer.append(UInt8(truncatingIfNeeded: value >> (8 * UInt32(byte)))) }
    }

    private static func pack(_ values: Span<UInt32>, _ width: Int, to writer: inout ByteWriter) {
        guard !values.isEmpty else { return }
        let groups = (values.count + 7) / 8
        writer.append(leb128: groups << 1 | 1)
        BitPacking.append(values.count, width: width, paddedTo: groups * 8, to: &writer) { UInt64(values[$0]) }
    }
}

/// Numbers of some bits each, the least significant first.
enum BitPacking {
    /// Appends so many numbers, and zeros behind them up to a count whose bits fill whole bytes.
    @inline(__always)
    static func append(
        _ count: Int,
        width: Int,
        paddedTo paddedCount: Int,
        to writer: inout ByteWriter,
        _ value: (Int) -> UInt64
    ) {
        guard width > 0 else { return }
        var (bits, filled): (UInt64, Int) = (0, 0)
        for index in 0..<count {
            let value = value(index)
            bits |= value &<< UInt64(filled)
            filled += width
            if filled >= 64 {
                writer.append(littleEndian: bits)
                filled -= 64
                bits = filled == 0 ? 0 : value >> UInt64(width - filled)
            }
        }
        var rest = (paddedCount * width + 7) / 8 - (count * width - filled) / 8
        while rest > 0 {
            writer.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            rest -= 1
        }
    }
}
