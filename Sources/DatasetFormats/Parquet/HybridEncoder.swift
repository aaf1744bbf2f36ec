/// Rows one behind the other that have the same value.
struct Run<Value> {
    let value: Value
    var count: Int
}

extension Run: Sendable where Value: Sendable {}

extension [Run<UInt32>] {
    /// Appends rows of a value, to the last run if that has it, too.
    mutating func append(_ value: UInt32, count: Int) {
        if let last, last.value == value {
            self[self.count - 1].count += count
        } else {
            append(Run(value: value, count: count))
        }
    }
}

/// The hybrid of run lengths and packed bits, of which levels and indices of dictionaries are made.
///
/// Source: Parquet's `Encodings.md`, "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)": runs of one value, and groups of
/// eight values of as many bits each, the least significant first.
enum HybridEncoder {
    /// The bits that numbers up to one need.
    static func width(of maximum: Int) -> Int { Int.bitWidth - maximum.leadingZeroBitCount }

    /// The most bytes of so many values of a width, with room to spare for what is written a word at a time.
    static func limit(_ count: Int, width: Int) -> Int { (count + 8) * (width + 7) / 8 + count / 8 * 6 + 32 }

    /// The fewest equal values that are written as a run: as packed bits they would take four bytes, about what it takes to begin
    /// a run and to begin to pack again.
    private static func leastRun(_ width: Int) -> Int { width == 0 ? 1 : max(8, (32 / width + 7) & ~7) }

    /// Appends values of a width in bits, those that often repeat as runs.
    ///
    /// - Complexity: O(values).
    static func append(_ values: Span<UInt32>, width: Int, to writer: inout ByteWriter) {
        let least = leastRun(width)
        var (begin, index) = (0, 0)
        while index < values.count {
            let value = values[index]
            var end = index + 1
            while end < values.count, values[end] == value { end += 1 }
            // Values before a run are packed in eights, to which it gives its first ones.
            let given = (8 - (index - begin) % 8) % 8
            if end - index - given >= least {
                pack(values.extracting(begin..<index + given), width: width, to: &writer)
                repeated(value, end - index - given, width, to: &writer)
                begin = end
            }
            index = end
        }
        pack(values.extracting(begin..<values.count), width: width, to: &writer)
    }

    /// Appends values of a width in bits that are known as runs, no two neighbours of one value.
    ///
    /// - Complexity: O(runs), and O(values) of those that are packed.
    static func append(_ runs: Span<Run<UInt32>>, width: Int, to writer: inout ByteWriter) {
        let least = leastRun(width)
        // What is to be packed: so many values from a run on.
        var (begin, waiting) = (0, 0)
        for index in runs.indices {
            let (value, count) = (runs[index].value, runs[index].count)
            let given = (8 - waiting % 8) % 8
            guard count - given >= least else {
                waiting += count
                continue
            }
            pack(runs.extracting(begin...index), waiting + given, width, to: &writer)
            repeated(value, count - given, width, to: &writer)
            (begin, waiting) = (index + 1, 0)
        }
        pack(runs.extracting(begin..<runs.count), waiting, width, to: &writer)
    }

    /// Appends a run of one value.
    static func repeated(_ value: UInt32, _ count: Int, _ width: Int, to writer: inout ByteWriter) {
        writer.append(leb128: count << 1)
        for byte in 0..<(width + 7) / 8 { writer.append(UInt8(truncatingIfNeeded: value >> (8 * UInt32(byte)))) }
    }

    /// Appends values as packed bits alone.
    static func pack(_ values: Span<UInt32>, width: Int, to writer: inout ByteWriter) {
        guard !values.isEmpty else { return }
        appendPackedHead(values.count, to: &writer)
        BitPacking.append(values, width: width, to: &writer)
    }

    /// Appends what stands before so many values that are packed.
    static func appendPackedHead(_ count: Int, to writer: inout ByteWriter) {
        writer.append(leb128: (count + 7) / 8 * 2 + 1)
    }

    /// Appends the first values of runs as packed bits alone.
    private static func pack(_ runs: Span<Run<UInt32>>, _ count: Int, _ width: Int, to writer: inout ByteWriter) {
        guard count > 0 else { return }
        appendPackedHead(count, to: &writer)
        guard width > 0 else { return }
        var (packer, left) = (BitPacker(width: width), count)
        for index in runs.indices where left > 0 {
            let value = UInt64(runs[index].value)
            let length = min(left, runs[index].count)
            packer.append(value, count: length, to: &writer)
            left -= length
        }
        packer.finish(paddedTo: (count + 7) / 8 * 8, of: count, to: &writer)
    }
}
