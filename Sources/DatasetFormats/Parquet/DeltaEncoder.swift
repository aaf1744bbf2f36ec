/// Whole numbers as their differences, each block with as few bits as it needs.
///
/// Source: Parquet's `Encodings.md`, "Delta Encoding (DELTA_BINARY_PACKED = 5)": blocks of 128 differences in four miniblocks,
/// above the least of the block; all sums wrap around.
enum DeltaEncoder {
    private static let (blockSize, miniblockCount, miniblockSize) = (128, 4, 32)

    /// The most bytes of so many numbers.
    static func limit(_ count: Int) -> Int { 40 + (count / blockSize + 1) * (14 + blockSize * 8) }

    /// Whether numbers take few bits, 24 at most: fastparquet 2026.9.0 reads others wrongly, and for them little would be won.
    ///
    /// - Complexity: O(numbers).
    static func isWorthIt(_ values: Span<Int64>) -> Bool {
        var start = 1
        while start < values.count {
            var (least, greatest) = (Int64.max, Int64.min)
            for index in start..<min(start + blockSize, values.count) {
                let (difference, overflow) = values[index].subtractingReportingOverflow(values[index - 1])
                if overflow { return false }
                least = min(least, difference)
                greatest = max(greatest, difference)
            }
            let (range, overflow) = greatest.subtractingReportingOverflow(least)
            if overflow || range >= 1 << widthLimit { return false }
            start += blockSize
        }
        return true
    }

    private static let widthLimit: Int64 = 24

    /// The distance from each number to the next, where it is the same throughout; nil elsewhere.
    ///
    /// - Complexity: O(numbers).
    static func step(of values: Span<Int64>) -> Int64? {
        guard values.count > 1 else { return nil }
        let step = values[1] &- values[0]
        var difference: Int64 = 0
        for index in 1..<values.count { difference |= (values[index] &- values[index - 1]) ^ step }
        let (distance, isWide) = step.multipliedReportingOverflow(by: Int64(values.count - 1))
        let (last, isBeyond) = values[0].addingReportingOverflow(distance)
        return difference == 0 && !isWide && !isBeyond && last == values[values.count - 1] ? step : nil
    }

    /// Appends so many numbers, from one on, that are all as far apart: as ``append(_:to:)`` does it, at once.
    static func append(from first: Int64, by step: Int64, count: Int, to writer: inout ByteWriter) {
        appendHead(first, count, to: &writer)
        for _ in 0..<(count - 1 + blockSize - 1) / blockSize {
            append(zigzag: step, to: &writer)
            writer.append(littleEndian: 0 as UInt32)
        }
    }

    private static func appendHead(_ first: Int64, _ count: Int, to writer: inout ByteWriter) {
        writer.append(leb128: blockSize)
        writer.append(leb128: miniblockCount)
        writer.append(leb128: count)
        append(zigzag: first, to: &writer)
    }

    /// Appends numbers.
    static func append(_ values: Span<Int64>, to writer: inout ByteWriter) {
        appendHead(values.isEmpty ? 0 : values[0], values.count, to: &writer)
        var start = 1
        while start < values.count {
            let end = min(start + blockSize, values.count)
            append(values, start..<end, to: &writer)
            start = end
        }
    }

    private static func append(_ values: Span<Int64>, _ block: Range<Int>, to writer: inout ByteWriter) {
        var least = Int64.max
        for index in block { least = min(least, values[index] &- values[index - 1]) }
        append(zigzag: least, to: &writer)
        func rest(_ index: Int) -> UInt64 { UInt64(bitPattern: values[index] &- values[index - 1] &- least) }
        let parts = (0..<miniblockCount)
            .map { part in
                let begin = min(block.lowerBound + part * miniblockSize, block.upperBound)
                return begin..<min(begin + miniblockSize, block.upperBound)
            }
        // Miniblocks without a difference have a width, too: 0.
        let widths = parts.map { part in
            var bits: UInt64 = 0
            for index in part { bits |= rest(index) }
            return 64 - bits.leadingZeroBitCount
        }
        for width in widths { writer.append(UInt8(width)) }
        for (part, width) in zip(parts, widths) where !part.isEmpty {
            BitPacking.append(part.count, width: width, paddedTo: miniblockSize, to: &writer) {
                rest(part.lowerBound + $0)
            }
        }
    }

    private static func append(zigzag value: Int64, to writer: inout ByteWriter) {
        writer.append(leb128: Int(truncatingIfNeeded: value << 1 ^ value >> 63))
    }
}
