package import DatasetGen

/// The interior pages of a table's b-tree, made while its leaves are being written, level by level.
///
/// Of each level only the children that do not fill a page yet are held, so that memory does not grow with the table.
///
/// Source: section 1.6 of https://sqlite.org/fileformat2.html.
package struct InteriorPages {
    /// A page, and the greatest rowid in it and below it.
    package struct Child: Equatable {
        var page: UInt32
        var lastRowID: Int64

        package init(page: UInt32, lastRowID: Int64) {
            (self.page, self.lastRowID) = (page, lastRowID)
        }
    }

    /// The children of a level that have no parent yet.
    private struct Level {
        var children: [Child] = []
        /// Bytes that they take as cells, with their pointers.
        var size = 0
    }

    private let layout: SQLitePageLayout
    private var levels: [Level] = []

    package init(_ layout: SQLitePageLayout) {
        self.layout = layout
    }

    /// Adds the next leaf.
    ///
    /// - Parameters:
    ///   - leaf: its page, and the greatest rowid in it.
    ///   - write: appends a page to the file and gives its number.
    /// - Throws: what `write` throws.
    package mutating func append<Failure: Error>(
        leaf: Child,
        _ write: ([UInt8]) throws(Failure) -> UInt32
    ) throws(Failure) {
        try append(leaf, toLevel: 0, write)
    }

    /// Completes the tree, and gives the content of its root page.
    ///
    /// - Parameter write: appends a page to the file and gives its number.
    /// - Returns: the content of the root page.
    /// - Throws: what `write` throws.
    package mutating func finish<Failure: Error>(
        _ write: ([UInt8]) throws(Failure) -> UInt32
    ) throws(Failure) -> [UInt8] {
        var index = 0
        while true {
            let level = levels[index]
            let count = level.children.count
            let isTop = index == levels.count - 1
            if fits(level.children[...]) {
                if isTop { return page(level.children[...]) }
                try add(level.children[...], parentIn: index + 1, write)
            } else {
                // In halves, so that neither has less than two children.
                try add(level.children[..<(count / 2)], parentIn: index + 1, write)
                try add(level.children[(count / 2)...], parentIn: index + 1, write)
            }
            index += 1
        }
    }

    private mutating func append<Failure: Error>(
        _ child: Child,
        toLevel index: Int,
        _ write: ([UInt8]) throws(Failure) -> UInt32
    ) throws(Failure) {
        if index == levels.count { levels.append(Level()) }
        levels[index].children.append(child)
        levels[index].size += Self.cellSize(child)
        // Half a page always stays, as a page of one child would have no key; and what stays at the end fits two halves.
        guard 2 * levels[index].size > 3 * layout.pageSize else { return }
        let children = levels[index].children
        var count = 0
        var size = SQLitePageLayout.interiorHeader
        // The last child of a page has no cell there.
        while size + Self.cellSize(children[count]) <= layout.pageSize {
            size += Self.cellSize(children[count])
            count += 1
        }
        levels[index] = Level()
        try add(children[...count], parentIn: index + 1, write)
        for rest in children[(count + 1)...] {
            levels[index].children.append(rest)
            levels[index].size += Self.cellSize(rest)
        }
    }

    private mutating func add<Failure: Error>(
        _ children: ArraySlice<Child>,
        parentIn level: Int,
        _ write: ([UInt8]) throws(Failure) -> UInt32
    ) throws(Failure) {
        guard let last = children.last else { return }
        let parent = Child(page: try write(page(children)), lastRowID: last.lastRowID)
        try append(parent, toLevel: level, write)
    }

    private func fits(_ children: ArraySlice<Child>) -> Bool {
        let cells = children.dropLast().reduce(0) { $0 + Self.cellSize($1) }
        return SQLitePageLayout.interiorHeader + cells <= layout.pageSize
    }

    /// The page of some children, at least two.
    private func page(_ children: ArraySlice<Child>) -> [UInt8] {
        guard let last = children.last else { return [] }
        var page = [UInt8](repeating: 0, count: layout.pageSize)
        var (pointer, content) = (SQLitePageLayout.interiorHeader, layout.pageSize)
        func put(_ bytes: ByteBuffer, _ offset: Int) {
            for (index, byte) in bytes.bytes.enumerated() { page[offset + index] = byte }
        }
        for child in children.dropLast() {
            var cell = ByteBuffer()
            cell.append(atMost: 13) { writer in
                writer.append(bigEndian: Int64(child.page), count: SQLitePageLayout.pageNumber)
                writer.append(varint: UInt64(bitPattern: child.lastRowID))
            }
            content -= cell.count
            put(cell, content)
            var place = ByteBuffer()
            place.append(atMost: 2) { $0.append(bigEndian: Int64(content), count: 2) }
            put(place, pointer)
            pointer += 2
        }
        var header = ByteBuffer()
        header.append(atMost: SQLitePageLayout.interiorHeader) { writer in
            writer.append(Self.interiorType)
            writer.append(bigEndian: 0, count: 2)
            writer.append(bigEndian: Int64(children.count - 1), count: 2)
            writer.append(bigEndian: Int64(content), count: 2)
            writer.append(0)
            writer.append(bigEndian: Int64(last.page), count: SQLitePageLayout.pageNumber)
        }
        put(header, 0)
        return page
    }

    /// Bytes of a cell and of the pointer to it.
    private static func cellSize(_ child: Child) -> Int {
        SQLitePageLayout.pageNumber + SQLiteVarint.length(child.lastRowID) + 2
    }

    /// An interior page of a table, section 1.6.
    private static let interiorType: UInt8 = 0x05
}

extension InteriorPages {
    /// Appends the children that have no parent yet.
    package func store(in state: inout StateWriter) { state.append(levels.map(\.children)) }

    /// Takes the children of an interrupted run.
    package mutating func resume(from state: inout StateReader) throws(StateError) {
        let stored: [[Child]] = try state.next()
        levels = stored.map { children in
            Level(children: children, size: children.reduce(0) { $0 + Self.cellSize($1) })
        }
    }
}

extension InteriorPages.Child: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(page)
        state.append(lastRowID)
    }

    package init(from state: inout StateReader) throws(StateError) {
        (page, lastRowID) = (try state.next(), try state.next())
    }
}
