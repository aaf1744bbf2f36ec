import DatasetGen

/// Which rows of a page are NULL, as levels tell it; columns that fail together have the same.
struct PageNulls {
    /// The rows that are, in their order.
    private var rows: [Int] = []
    private var rowCount = -1
    /// Which values are there, behind the length of that.
    private(set) var levels = ByteBuffer()

    /// Replaces them by those of counts, so many of which are NULL.
    ///
    /// - Complexity: O(counts), but where they are those of the counts before O(NULL).
    mutating func find(in counts: Span<Int32>, nullCount: Int) {
        if counts.count == rowCount, rows.count == nullCount,
            rows.allSatisfy({ counts[$0] == ReadingBlock.null })
        {
            return
        }
        rowCount = counts.count
        rows.removeAll(keepingCapacity: true)
        if nullCount > 0 {
            for index in counts.indices where counts[index] == ReadingBlock.null { rows.append(index) }
        }
        setLevels()
    }

    private mutating func setLevels() {
        var (presence, next): ([Run<UInt32>], Int) = ([], 0)
        for row in rows {
            if row > next { presence.append(1, count: row - next) }
            presence.append(0, count: 1)
            next = row + 1
        }
        if next < rowCount { presence.append(1, count: rowCount - next) }
        var runs = ByteBuffer()
        runs.append(atMost: HybridEncoder.limit(rowCount, width: 1)) {
            HybridEncoder.append(presence.span, width: 1, to: &$0)
        }
        levels.removeAll()
        let length = UInt32(runs.count)
        levels.append(atMost: 4) { $0.append(littleEndian: length) }
        levels.append(runs.bytes)
    }

    /// Replaces counts by those of a page that are not NULL.
    func take(_ counts: [Int32], into known: inout [Int32]) {
        known.removeAll(keepingCapacity: true)
        var next = 0
        for row in rows {
            if row > next { known.append(contentsOf: counts[next..<row]) }
            next = row + 1
        }
        known.append(contentsOf: counts[next...])
    }
}
