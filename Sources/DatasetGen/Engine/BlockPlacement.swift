/// Where the consecutive readings of one sensor stand in a block.
struct BlockPlacement {
    /// Row of the first reading; with ``places``, its index in them.
    private let first: Int
    /// Rows from one reading to the next; with ``places``, what is added to each.
    private let stride: Int
    /// Readings.
    let count: Int
    /// The rows of a neighbour's readings; nil where they are evenly spaced.
    private let places: [Int]?

    /// Evenly spaced readings.
    init(first: Int, stride: Int, count: Int) {
        (self.first, self.stride, self.count, places) = (first, stride, count, nil)
    }

    /// Readings that stand so many rows behind some of those at `places`.
    init(behind places: [Int], at indices: Range<Int>, by distance: Int) {
        (first, stride, count, self.places) = (indices.lowerBound, distance, indices.count, places)
    }

    private init(_ whole: BlockPlacement, _ range: Range<Int>) {
        (stride, places, count) = (whole.stride, whole.places, range.count)
        first = whole.first + range.lowerBound * (whole.places == nil ? whole.stride : 1)
    }

    /// The places of some of the readings.
    func part(_ range: Range<Int>) -> BlockPlacement { BlockPlacement(self, range) }

    /// Copies readings of a column, from index `begin` on, to their places.
    @inline(__always)
    func scatter<Element>(_ source: Span<Element>, from begin: Int = 0, into column: inout [Element]) {
        var targets = column.mutableSpan
        if let places {
            let rows = places.span
            for index in 0..<count { targets[rows[first + index] + stride] = source[begin + index] }
            return
        }
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
        if let places {
            let rows = places.span
            for index in 0..<count { targets[rows[first + index] + stride] = value }
            return
        }
        var target = first
        for _ in 0..<count {
            targets[target] = value
            target += stride
        }
    }
}
