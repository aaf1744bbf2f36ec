package import DatasetFormats
import DatasetGen

/// Builds the b-tree of an empty table from runs of leaves, bottom up, in a file that SQLite has made.
package final class TableBuilder {
    private let file: PageFile
    /// The table's root page, an empty leaf so far.
    var root: UInt32
    private var interior: InteriorPages
    /// A first run that has one leaf only: if no other follows, that leaf is the root.
    private var onlyLeaf: LeafPageRun?
    private var hasLeaves = false
    /// The greatest rowid; nil without rows.
    package private(set) var lastRowID: Int64?

    /// A builder of the table whose root page has the number `root`.
    package init(root: UInt32, in file: PageFile) {
        self.file = file
        self.root = root
        interior = InteriorPages(file.layout)
    }

    /// Appends the pages of a finished run, whose rows have greater rowids than those before.
    package func append(_ run: inout LeafPageRun) throws(FileError) {
        guard let first = run.leaves.first, let last = run.leaves.last else { return }
        if let lastRowID { precondition(lastRowID < first.lastRowID, "rows do not ascend") }
        lastRowID = last.lastRowID
        if !hasLeaves {
            hasLeaves = true
            if run.leaves.count == 1 {
                onlyLeaf = LeafPageRun(file.layout)
                swap(&run, &onlyLeaf!)
                return
            }
        }
        if var held = onlyLeaf.take() { try write(&held) }
        try write(&run)
    }

    /// Completes the table.
    package func finish() throws(FileError) {
        if var leaf = onlyLeaf.take() {
            try writeRoot(&leaf)
        } else if hasLeaves {
            try file.write(interior.finish { page throws(FileError) in try file.append(page) }, page: root)
        }
    }

    private func write(_ run: inout LeafPageRun) throws(FileError) {
        run.setLinks { file.number(ofNext: $0) }
        let leaves = run.leaves.map { InteriorPages.Child(page: file.number(ofNext: $0.page), lastRowID: $0.lastRowID) }
        try file.append(run.pages, 0..<run.pages.count)
        for leaf in leaves { try interior.append(leaf: leaf) { page throws(FileError) in try file.append(page) } }
    }

    /// Writes a run with one leaf, its first page, as the root and the overflow pages that follow it.
    private func writeRoot(_ run: inout LeafPageRun) throws(FileError) {
        run.setLinks { file.number(ofNext: $0 - 1) }
        try unsafe run.pages.withBytes(ofPages: 0..<1) { bytes throws(FileError) in
            try file.write(unsafe Array(bytes), page: root)
        }
        try file.append(run.pages, 1..<run.pages.count)
    }
}

extension TableBuilder {
    /// Appends what is known of the pages that were appended.
    func store(in state: inout StateWriter) {
        interior.store(in: &state)
        state.append(hasLeaves)
        state.append(lastRowID)
        // Moved out and back: it cannot be copied.
        let held = onlyLeaf.take()
        state.append(held != nil)
        held?.store(in: &state)
        onlyLeaf = held
    }

    /// Goes on with the table of an interrupted run.
    func resume(from state: inout StateReader) throws(StateError) {
        try interior.resume(from: &state)
        (hasLeaves, lastRowID) = (try state.next(), try state.next())
        if try state.next() { onlyLeaf = try LeafPageRun(file.layout, from: &state) }
    }
}
