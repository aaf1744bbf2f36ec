import DatasetFiles
import DatasetFormats

/// A table of any rows, built page by page: SQLite finds nothing wrong with it and reads the same rows.
struct PagesTarget: FuzzTarget {
    static let name = "pages"
    private let scratch = Scratch()

    func run(_ input: [UInt8]) {
        var bytes = ByteCursor(input)
        let pageSize = 512 << (bytes.next() % 8)
        let width = 1 + bytes.next() % 40
        do {
            let root = try makeDatabase(width: width, pageSize: pageSize)
            let rows = try build(&bytes, width: width, root: root, pageSize: pageSize)
            let database = try OracleDatabase(scratch.path("x.sqlite"))
            let integrity = try database.integrity()
            require(integrity == [[.text("ok")]], "\(integrity)")
            require(try database.rows("SELECT * FROM t ORDER BY id") == rows, "SQLite reads other rows")
            if let last = rows.last {
                let found = try database.rows("SELECT * FROM t WHERE id = (SELECT max(id) FROM t)")
                require(found == [last], "SQLite finds another row")
            }
        } catch {
            fail("\(error)")
        }
    }

    /// An empty table, as SQLite makes it, and its root page.
    private func makeDatabase(width: Int, pageSize: Int) throws -> UInt32 {
        scratch.remove("x.sqlite")
        let maker = try OracleDatabase(scratch.path("x.sqlite"))
        let columns = (0..<width).map { "c\($0)" }.joined(separator: ",")
        try maker.execute("PRAGMA page_size = \(pageSize); CREATE TABLE t (id INTEGER PRIMARY KEY, \(columns))")
        let root = try maker.rows("SELECT rootpage FROM sqlite_schema WHERE name = 't'")
        guard case .integer(let number) = root[0][0] else { fail("no root page") }
        return UInt32(number)
    }

    /// Builds the rows that the bytes tell of, and gives them.
    private func build(
        _ bytes: inout ByteCursor,
        width: Int,
        root: UInt32,
        pageSize: Int
    ) throws -> [[SQLiteValue]] {
        let file = try PageFile(path: scratch.path("x.sqlite"), layout: SQLitePageLayout(pageSize: pageSize))
        let table = TableBuilder(root: root, in: file)
        var run = LeafPageRun(file.layout)
        var record = ByteBuffer()
        var rows: [[SQLiteValue]] = []
        var id = bytes.number()
        while !bytes.isAtEnd, rows.count < 400 {
            let values = (0..<width).map { _ in bytes.value() }
            // The same row many times: a tree of several levels needs more rows than an input has bytes.
            for _ in 0..<bytes.repetitions() where rows.count < 400 {
                SQLiteRecord.encode([.null] + values, into: &record)
                run.append(rowID: id, payload: record.bytes.span)
                rows.append([.integer(id)] + values)
                let (next, overflow) = id.addingReportingOverflow(1 + Int64(bytes.next()))
                if overflow { break }
                id = next
            }
            if bytes.next() % 4 == 0 {
                run.finish()
                try table.append(&run)
                run.removeAll()
            }
            if let last = rows.last, last[0] == .integer(id) { break }
        }
        run.finish()
        try table.append(&run)
        try table.finish()
        _ = try file.finish()
        return rows
    }
}
