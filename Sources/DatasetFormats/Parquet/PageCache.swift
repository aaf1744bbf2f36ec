/// Pages that come back again and again, as they were written; one worker's.
///
/// What is in such a page follows from its key alone, so that it does not matter whether it is found here.
struct PageCache {
    /// What a page holds.
    enum Key: Hashable {
        /// All values of a column that is the same in all readings of a sensor.
        case dictionary(column: Int)
        /// Rows of a column from a sensor on, all sensors one behind the other.
        case cycle(column: Int, start: Int, rows: Int)
    }

    /// A page with its header.
    struct Page {
        let bytes: [UInt8]
        /// Its bytes were they not compressed.
        let uncompressedSize: Int
    }

    private var pages: [Key: Page] = [:]
    private var byteCount = 0

    /// Bytes beyond which none is kept.
    private static let limit = 8 << 20

    subscript(_ key: Key) -> Page? { pages[key] }

    /// Keeps a page, if there is room for it.
    mutating func keep(_ page: Page, for key: Key) {
        guard byteCount + page.bytes.count <= Self.limit else { return }
        byteCount += page.bytes.count
        pages[key] = page
    }
}
