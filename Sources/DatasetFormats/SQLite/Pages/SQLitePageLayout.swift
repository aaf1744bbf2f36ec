import DatasetGen

/// What the page size fixes of the b-tree pages of a table.
///
/// Source: "Database File Format", https://sqlite.org/fileformat2.html, whose sections are named below. Pages hold no
/// reserved bytes, so that the usable size is the page size.
public struct SQLitePageLayout: Hashable, Sendable {
    /// Bytes per page: a power of two from 512 to 65,536.
    public let pageSize: Int

    /// The layout of pages of `pageSize` bytes: a power of two from 512 to 65,536.
    public init(pageSize: Int) {
        precondition((9...16).contains(pageSize.trailingZeroBitCount) && pageSize.nonzeroBitCount == 1)
        self.pageSize = pageSize
    }

    /// Bytes of a leaf's header, section 1.6.
    static let leafHeader = 8
    /// Bytes of an interior page's header, section 1.6.
    static let interiorHeader = 12
    /// Bytes of a page number.
    static let pageNumber = 4

    /// The greatest payload that lies in the leaf as a whole: "X", section 1.6, "Calculation of payload overflow".
    var maximumLocalPayload: Int { pageSize - 35 }

    /// Bytes of payload on an overflow page, section 1.7: the rest is the number of the next one.
    var overflowCapacity: Int { pageSize - Self.pageNumber }

    /// The bytes of a payload that lie in the leaf, section 1.6; the rest is in overflow pages.
    func localPayload(of count: Int) -> Int {
        if count <= maximumLocalPayload { return count }
        let minimum = (pageSize - 12) * 32 / 255 - 23
        let local = minimum + (count - minimum) % overflowCapacity
        return local <= maximumLocalPayload ? local : minimum
    }

    /// The page that holds byte 2³⁰, which no table may use: section 1.4.
    package var lockBytePage: UInt32 { UInt32(0x4000_0000 / pageSize) + 1 }
}

extension ReadingOutput {
    /// The pages of the SQLite file.
    package var pageLayout: SQLitePageLayout { SQLitePageLayout(pageSize: parameters.pageSize) }
}
