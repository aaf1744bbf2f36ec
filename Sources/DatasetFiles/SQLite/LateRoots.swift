import DatasetFormats

/// The roots of the tables that are complete at last, moved from the front of a database file to its back.
///
/// A root is written when its table is complete. With all roots behind most of the readings, the pages before them are
/// final once they are written, and their digest is taken on the way: taken at the end, it would take a quarter of the
/// whole run, on one thread.
struct LateRoots {
    /// The root pages as SQLite has made them, of tables without rows.
    private let contents: [[UInt8]]
    /// Their names in the schema.
    private let names: [String]
    /// Where they go.
    let pages: Range<UInt32>

    /// Moves all roots but those of some tables; nil if it would not pay, or if they are not the last pages of the file.
    ///
    /// The file ends before them until ``write(to:)``.
    ///
    /// - Parameters:
    ///   - roots: the roots in the file; the right ones afterwards.
    ///   - complete: the tables that have their rows; no other has any.
    ///   - path: the file.
    ///   - layout: its pages.
    ///   - expectedBytes: how large the file will be at least.
    ///   - fileSystem: where it is.
    /// - Throws: ``FileError`` when the file cannot be changed.
    init?(
        moving roots: inout SchemaRoots,
        butOf complete: Set<String>,
        inFile path: String,
        _ layout: SQLitePageLayout,
        expectedBytes: Int64,
        in fileSystem: FileSystem
    ) throws(FileError) {
        let late = roots.all.filter { !complete.contains($0.table) }
        let count = UInt32(late.count)
        let end = UInt32(try FileSystem.size(ofFile: path) / Int64(layout.pageSize)) + 1
        guard expectedBytes >= Self.worthwhileBytes, late.map(\.page) == Array(end - count..<end) else { return nil }
        var first = UInt32(clamping: expectedBytes / Int64(layout.pageSize))
        // The page that holds byte 2³⁰ cannot be a root.
        if (first..<first + count).contains(layout.lockBytePage) { first = layout.lockBytePage - count }
        guard first > end else { return nil }
        pages = first..<first + count
        names = late.map(\.name)
        let bytes = try FileReader.contents(of: path).suffix(Int(count) * layout.pageSize)
        contents = (0..<Int(count))
            .map { Array(bytes.dropFirst($0 * layout.pageSize).prefix(layout.pageSize)) }
        for (name, page) in zip(names, pages) { roots[name] = page }
        // SQLite takes a root beyond the end for damage, so the file is as long as it says while SQLite has it.
        try fileSystem.resize(path, to: Int64(pages.upperBound - 1) * Int64(layout.pageSize))
        try roots.store(inFile: path)
        try fileSystem.resize(path, to: Int64(end - count - 1) * Int64(layout.pageSize))
    }

    /// Writes the roots.
    func write(to file: PageFile) throws(FileError) {
        for (content, page) in zip(contents, pages) { try file.write(content, page: page) }
    }

    /// Appends the roots to a file that has turned out so small that it does not reach to their places.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - path: where it is.
    ///   - roots: the roots in the file; the right ones afterwards.
    /// - Throws: ``FileError`` when the file cannot be changed.
    func append(to file: PageFile, at path: String, _ roots: inout SchemaRoots) throws(FileError) {
        file.releaseReserved()
        for (content, name) in zip(contents, names) { roots[name] = try file.append(content) }
        // As in the beginning: SQLite takes roots beyond the end for damage until they have their new places.
        try file.resize(to: pages.upperBound - 1)
        try roots.store(inFile: path)
        try file.resize(to: file.nextPage - 1)
        try file.forgetPageCount()
    }

    /// Below it, taking the digest is a matter of milliseconds.
    private static let worthwhileBytes: Int64 = 4 << 20
}
