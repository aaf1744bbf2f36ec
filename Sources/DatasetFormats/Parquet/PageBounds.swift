/// The bounds of a page's values, as numbers of their order; the least is greater than the greatest where all is NULL.
struct PageBounds {
    var (least, greatest) = (Int64.max, Int64.min)
    var nullCount: Int64 = 0

    /// Whether there is no value.
    var isEmpty: Bool { least > greatest }

    @inline(__always)
    mutating func include(_ value: Int64) {
        least = min(least, value)
        greatest = max(greatest, value)
    }

    /// What the pages of a chunk add to the page index, a structure `ColumnIndex`; numbers become bytes.
    static func index(_ pages: [PageBounds], _ bytes: (_ value: Int64, _ isLower: Bool) -> [UInt8]) -> [UInt8] {
        var index = ThriftWriter()
        index.append(1, bools: pages.map(\.isEmpty))
        index.append(2, binaries: pages.map { $0.isEmpty ? [] : bytes($0.least, true) })
        index.append(3, binaries: pages.map { $0.isEmpty ? [] : bytes($0.greatest, false) })
        index.append(4, int32: order(pages.filter { !$0.isEmpty }).rawValue)
        index.append(5, int64s: pages.map(\.nullCount))
        index.finish()
        return index.bytes
    }

    /// How the bounds of pages follow one another, those without a value left out.
    private enum Order: Int {
        case none = 0
        case ascending = 1
        case descending = 2
    }

    private static func order(_ pages: [PageBounds]) -> Order {
        let pairs = zip(pages, pages.dropFirst())
        if pairs.allSatisfy({ $0.least <= $1.least && $0.greatest <= $1.greatest }) { return .ascending }
        return pairs.allSatisfy { $0.least >= $1.least && $0.greatest >= $1.greatest } ? .descending : .none
    }
}
