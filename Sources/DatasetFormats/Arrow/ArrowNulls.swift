import DatasetGen

/// What is NULL in a column of a record batch.
struct ArrowNulls: Sendable {
    /// How many values are.
    private(set) var count = 0
    /// Where some are: a bit for each row, that of the first one the lowest of the first byte, 1 where there is a value.
    private(set) var bits: [UInt8] = []

    /// Replaces it by that of the counts of a metric, most of which have values.
    ///
    /// - Parameters:
    ///   - counts: the counts.
    ///   - rows: the rows of another metric that are NULL, which often are the same; replaced by its own.
    mutating func find(_ counts: Span<Int32>, _ rows: inout [Int]) {
        var nulls: Int32 = 0
        for row in counts.indices { nulls &+= counts[row] == ReadingBlock.null ? 1 : 0 }
        count = Int(nulls)
        if count == 0 { return }
        if rows.count != count || !rows.allSatisfy({ $0 < counts.count && counts[$0] == ReadingBlock.null }) {
            rows.removeAll(keepingCapacity: true)
            for row in counts.indices where counts[row] == ReadingBlock.null { rows.append(row) }
        }
        bits.refill(with: .max, count: (counts.count + 7) / 8)
        if counts.count % 8 != 0 { bits[bits.count - 1] = 1 << UInt8(counts.count % 8) - 1 }
        for row in rows { bits[row / 8] &= ~(1 << UInt8(row % 8)) }
    }

    /// Replaces it by that of the numbers of events, 0 for none.
    mutating func find(_ events: Span<Int64>) { setBits(events.count) { events[$0] == 0 } }

    /// Replaces it by that of rows with these codes, some of which mean NULL.
    mutating func find<Code: FixedWidthInteger>(_ codes: Span<Code>, _ isNull: [Bool]) {
        let flags = isNull.span
        setBits(codes.count) { flags[Int(codes[$0])] }
    }

    /// Replaces it by that of rows with these labels, most of which are 0, and some of which mean NULL.
    mutating func find(labels: Span<UInt8>, _ isNull: [Bool]) {
        let flags = isNull.span
        let usual: UInt8 = flags[0] ? 0 : .max
        setBits(labels.count, usual: usual) { row in
            var labelsOfByte: UInt8 = 0
            for bit in 0..<8 { labelsOfByte |= labels[row &+ bit] }
            return labelsOfByte == 0
        } isNull: {
            flags[Int(labels[$0])]
        }
    }

    /// Replaces it by that of so many rows without values.
    mutating func setAll(_ rowCount: Int) {
        count = rowCount
        bits.refill(with: 0, count: (rowCount + 7) / 8)
    }

    /// Finds the bits of eight rows at a time; those of eight that are as usual are known.
    @inline(__always)
    private mutating func setBits(
        _ rowCount: Int,
        usual: UInt8 = 0,
        isUsual: (Int) -> Bool = { _ in false },
        isNull: (Int) -> Bool
    ) {
        bits.removeAll(keepingCapacity: true)
        var valueCount = 0
        bits.append(addingCapacity: (rowCount + 7) / 8) { output in
            var row = 0
            while row < rowCount {
                var byte: UInt8 = 0
                if row &+ 8 > rowCount {
                    for bit in 0..<rowCount - row where !isNull(row + bit) {
                        byte |= 1 << UInt8(truncatingIfNeeded: bit)
                    }
                } else if isUsual(row) {
                    byte = usual
                } else {
                    // Without branches, as what is NULL follows no pattern.
                    for bit in 0..<8 { byte |= (isNull(row &+ bit) ? 0 : 1) << UInt8(truncatingIfNeeded: bit) }
                }
                valueCount &+= byte.nonzeroBitCount
                output.append(byte)
                row &+= 8
            }
        }
        count = rowCount - valueCount
    }
}
