/// What is NULL in a column of a record batch.
struct ArrowNulls: Sendable {
    /// How many values are.
    private(set) var count = 0
    /// Where some are: a bit for each row, that of the first one the lowest of the first byte, 1 where there is a value.
    private(set) var bits: [UInt8] = []

    /// Replaces it by that of so many rows, most of which have values.
    @inline(__always)
    mutating func find(_ rowCount: Int, isNull: (Int) -> Bool) {
        count = 0
        for row in 0..<rowCount { count &+= isNull(row) ? 1 : 0 }
        if count > 0 { setBits(rowCount, isNull) }
    }

    /// Replaces it by that of rows with these codes, some of which mean NULL.
    mutating func find<Code: FixedWidthInteger>(_ codes: [Code], _ isNull: [Bool]) {
        let (codes, flags) = (codes.span, isNull.span)
        setBits(codes.count) { flags[Int(codes[$0])] }
    }

    /// Replaces it by that of so many rows without values.
    mutating func setAll(_ rowCount: Int) {
        count = rowCount
        bits.removeAll(keepingCapacity: true)
        bits.append(contentsOf: repeatElement(0, count: (rowCount + 7) / 8))
    }

    @inline(__always)
    private mutating func setBits(_ rowCount: Int, _ isNull: (Int) -> Bool) {
        bits.removeAll(keepingCapacity: true)
        var valueCount = 0
        bits.append(addingCapacity: (rowCount + 7) / 8) { output in
            var row = 0
            while row < rowCount {
                var byte: UInt8 = 0
                // Without branches, as what is NULL follows no pattern.
                if row &+ 8 <= rowCount {
                    for bit in 0..<8 { byte |= (isNull(row &+ bit) ? 0 : 1) << UInt8(truncatingIfNeeded: bit) }
                } else {
                    for bit in 0..<rowCount - row where !isNull(row + bit) {
                        byte |= 1 << UInt8(truncatingIfNeeded: bit)
                    }
                }
                valueCount &+= byte.nonzeroBitCount
                output.append(byte)
                row &+= 8
            }
        }
        count = rowCount - valueCount
    }
}
