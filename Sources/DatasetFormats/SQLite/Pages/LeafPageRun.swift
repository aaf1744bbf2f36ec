package import DatasetGen

/// Rows of a table as whole b-tree pages, made without knowing where in the file they will stand.
///
/// ```swift
/// var run = LeafPageRun(SQLitePageLayout(pageSize: 16_384))
/// run.append(rowID: 1, payload: payload)
/// run.finish()
/// try table.append(&run)   // numbers the pages, and writes them
/// run.removeAll()          // keeps the storage
/// ```
///
/// Any worker makes the run of any rows; only the numbers of pages that others name wait for the file. Leaves are
/// filled in the order of their rows; a row that does not fit into what a page allows goes on in overflow pages, which
/// lie in the run too.
///
/// Source: sections 1.6 and 1.7 of https://sqlite.org/fileformat2.html.
public struct LeafPageRun: ~Copyable, Sendable {
    /// A leaf: its page in the run, and the greatest rowid in it.
    package struct Leaf {
        package var page: Int
        package var lastRowID: Int64
    }

    /// A place that holds the number of an overflow page.
    struct Link {
        /// Byte in the run.
        var offset: Int
        /// The page in the run.
        var page: Int
    }

    let layout: SQLitePageLayout
    package private(set) var pages: PageMemory
    /// The leaves that are complete.
    package private(set) var leaves: [Leaf] = []
    /// The page numbers that are missing.
    private(set) var links: [Link] = []

    /// The leaf in the making: its first byte, where its cells begin, and where the next cell's pointer goes.
    ///
    /// All are bytes of the run. Without a leaf, there is no room between the last two.
    private var leafStart = 0
    private var cellsStart = 0
    private var nextPointer = 0
    private var lastRowID = Int64.min

    /// A run without pages.
    public init(_ layout: SQLitePageLayout) {
        self.layout = layout
        pages = PageMemory(pageSize: layout.pageSize)
    }

    /// The number of pages, the leaf in the making included.
    package var pageCount: Int { pages.count }

    /// Forgets all pages and keeps the storage.
    package mutating func removeAll() {
        pages.removeAll()
        leaves.removeAll(keepingCapacity: true)
        links.removeAll(keepingCapacity: true)
        (leafStart, cellsStart, nextPointer, lastRowID) = (0, 0, 0, Int64.min)
    }

    /// Appends a row whose record is not longer than ``SQLitePageLayout/maximumLocalPayload``.
    ///
    /// - Parameters:
    ///   - rowID: greater than that of the row before.
    ///   - count: bytes of the record.
    ///   - write: writes the record.
    @inline(__always)
    mutating func append(rowID: Int64, count: Int, _ write: (inout ByteWriter) -> Void) {
        precondition(count <= layout.maximumLocalPayload, "the record does not fit into a leaf")
        let size = SQLiteVarint.length(UInt64(count)) + SQLiteVarint.length(rowID) + count
        pages.write(claim(size, for: rowID), count: size) { writer in
            writer.append(varint: UInt64(count))
            writer.append(varint: UInt64(bitPattern: rowID))
            write(&writer)
        }
    }

    /// Appends a row with a record of any length.
    ///
    /// - Parameters:
    ///   - rowID: greater than that of the row before.
    ///   - bytes: the record.
    package mutating func append(rowID: Int64, payload bytes: Span<UInt8>) {
        let count = bytes.count
        let local = layout.localPayload(of: count)
        if local == count { return append(rowID: rowID, count: count) { $0.append(bytes) } }
        let size = SQLiteVarint.length(UInt64(count)) + SQLiteVarint.length(rowID) + local + SQLitePageLayout.pageNumber
        let cell = claim(size, for: rowID)
        pages.write(cell, count: size) { writer in
            writer.append(varint: UInt64(count))
            writer.append(varint: UInt64(bitPattern: rowID))
            writer.append(bytes.extracting(..<local))
            writer.append(bigEndian: 0, count: SQLitePageLayout.pageNumber)
        }
        appendOverflow(bytes.extracting(local...), linkedAt: cell + size - SQLitePageLayout.pageNumber)
    }

    private mutating func appendOverflow(_ payload: Span<UInt8>, linkedAt link: Int) {
        var (link, begin) = (link, 0)
        while begin < payload.count {
            let page = pages.addPage()
            links.append(Link(offset: link, page: page / layout.pageSize))
            let end = min(begin + layout.overflowCapacity, payload.count)
            pages.write(page, count: SQLitePageLayout.pageNumber + end - begin) { writer in
                // Zero in the last page of a chain.
                writer.append(bigEndian: 0, count: SQLitePageLayout.pageNumber)
                writer.append(payload.extracting(begin..<end))
            }
            pages.clear(page + SQLitePageLayout.pageNumber + end - begin..<page + layout.pageSize)
            (link, begin) = (page, end)
        }
    }

    /// Completes the leaf in the making: the next row begins another one.
    package mutating func finish() {
        guard nextPointer > leafStart else { return }
        let cells = (nextPointer - leafStart - SQLitePageLayout.leafHeader) / 2
        pages.clear(nextPointer..<cellsStart)
        pages.write(leafStart, count: SQLitePageLayout.leafHeader) { writer in
            writer.append(Self.leafType)
            writer.append(bigEndian: 0, count: 2)
            writer.append(bigEndian: Int64(cells), count: 2)
            // "A zero value for this integer is interpreted as 65536": only the lowest two bytes count.
            writer.append(bigEndian: Int64(cellsStart - leafStart), count: 2)
            writer.append(0)
        }
        leaves.append(Leaf(page: leafStart / layout.pageSize, lastRowID: lastRowID))
        (leafStart, cellsStart, nextPointer) = (0, 0, 0)
    }

    /// Takes room for a cell from the end of the leaf, in another leaf if there is none, and enters it.
    @inline(__always)
    private mutating func claim(_ size: Int, for rowID: Int64) -> Int {
        precondition(rowID > lastRowID || pages.count == 0, "rows do not ascend")
        // "Any cell … of less than 4 bytes is padded": freeing it must leave room for a free block.
        let room = max(size, Self.minimumCell)
        if cellsStart - nextPointer < room + 2 { startLeaf() }
        cellsStart -= room
        if room > size { pages.clear(cellsStart..<cellsStart + room) }
        pages.store(UInt16(truncatingIfNeeded: cellsStart - leafStart), at: nextPointer)
        nextPointer += 2
        lastRowID = rowID
        return cellsStart
    }

    @inline(never)
    private mutating func startLeaf() {
        finish()
        leafStart = pages.addPage()
        nextPointer = leafStart + SQLitePageLayout.leafHeader
        cellsStart = leafStart + layout.pageSize
    }

    /// A leaf of a table, section 1.6.
    private static let leafType: UInt8 = 0x0d
    private static let minimumCell = 4
}

extension LeafPageRun {
    /// Fills in the missing page numbers; `number` gives that of a page of the run.
    package mutating func setLinks(_ number: (_ page: Int) -> UInt32) {
        for link in links { pages.store(number(link.page), at: link.offset) }
    }
}

extension LeafPageRun {
    /// Appends all pages, the leaf in the making included.
    package func store(in state: inout StateWriter) {
        pages.store(in: &state)
        state.append(leaves)
        state.append(links)
        for number in [leafStart, cellsStart, nextPointer] { state.append(number) }
        state.append(lastRowID)
    }

    /// The pages of an interrupted run.
    package init(_ layout: SQLitePageLayout, from state: inout StateReader) throws(StateError) {
        self.init(layout)
        try pages.resume(from: &state)
        (leaves, links) = (try state.next(), try state.next())
        (leafStart, cellsStart, nextPointer) = (try state.next(), try state.next(), try state.next())
        lastRowID = try state.next()
    }
}

extension LeafPageRun.Leaf: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(page)
        state.append(lastRowID)
    }

    package init(from state: inout StateReader) throws(StateError) {
        (page, lastRowID) = (try state.next(), try state.next())
    }
}

extension LeafPageRun.Link: StoredState {
    func store(in state: inout StateWriter) {
        state.append(offset)
        state.append(page)
    }

    init(from state: inout StateReader) throws(StateError) {
        (offset, page) = (try state.next(), try state.next())
    }
}
