/// Where the consecutive readings of one sensor stand in a block.
struct BlockPlacement {
    /// Row of the first reading.
    let first: Int
    /// Rows from one reading to the next.
    let stride: Int
    /// Readings.
    let count: Int

    /// The places of some of the readings.
    func part(_ range: Range<Int>) -> BlockPlacement {
        BlockPlacement(first: first + range.lowerBound * stride, stride: stride, count: range.count)
    }

    /// Copies readings of a column, from index `begin` on, to their places.
    @inline(__always)
    func scatter<Element>(_ source: Span<Element>, from begin: Int = 0, into column: inout [Element]) {
        var targets = column.mutableSpan
        var target = first
        for index in begin..<begin + count {
            targets[target] = source[index]
            target += stride
        }
    }

    /// Puts one value in all places.
    @inline(__always)
    func fill<Element>(_ column: inout [Element], with value: Element) {
        var targets = column.mutableSpan
        var target = first
        for _ in 0..<count {
            targets[target] = value
            target += stride
        }
    }
}
