import DatasetFiles
import DatasetFormats
import DatasetGen
import Foundation
import Testing

/// Built pages against those that SQLite makes of the same rows.
@Suite
struct PageBuilderTests {
    /// A table built from pages and one that SQLite has inserted row by row.
    private func tables(_ table: RandomTable, _ folder: TemporaryFolder, pageSize: Int, seed: UInt64) throws
        -> (built: OracleDatabase, oracle: OracleDatabase)
    {
        let path = folder.path(of: "built")
        let maker = try OracleDatabase(path)
        try maker.execute("PRAGMA page_size = \(pageSize); \(table.schema)")
        let root = try maker.rows("SELECT rootpage FROM sqlite_schema WHERE name = 't'")
        guard case .integer(let number) = root[0][0] else { throw OracleDatabase.Failure(message: "no root page") }
        try maker.execute("PRAGMA journal_mode = DELETE")
        try table.build(in: path, root: UInt32(number), pageSize: pageSize, seed: seed)
        let built = try OracleDatabase(path)
        let oracle = try OracleDatabase(folder.path(of: "oracle"))
        try oracle.execute("PRAGMA page_size = \(pageSize); \(table.schema)")
        try oracle.run(table.insertStatement, table.rows.map { [.integer($0.id)] + $0.values })
        return (built, oracle)
    }

    private static let all = "SELECT *, typeof(c0) FROM t ORDER BY id"

    @Test(arguments: (9...16).map { 1 << $0 }, 0..<12)
    func rowsAreThoseThatWereInserted(pageSize: Int, seed: UInt64) throws {
        let seed = seed << 8 + UInt64(pageSize)
        let table = RandomTable(seed: seed, pageSize: pageSize)
        let folder = try TemporaryFolder()
        let (built, oracle) = try tables(table, folder, pageSize: pageSize, seed: seed)
        #expect(try built.integrity() == [[.text("ok")]])
        #expect(try built.rows(Self.all) == oracle.rows(Self.all))
        #expect(try built.rows("SELECT count(*), max(id) FROM t") == oracle.rows("SELECT count(*), max(id) FROM t"))
        // By the tree's keys, too.
        for row in table.rows.prefix(100) {
            #expect(try built.rows("SELECT id FROM t WHERE id = \(row.id)") == [[.integer(row.id)]])
        }
    }

    @Test(arguments: [512, 4_096, 65_536], 100..<110)
    func sqliteGoesOnWithTheTable(pageSize: Int, seed: UInt64) throws {
        let table = RandomTable(seed: seed, pageSize: pageSize)
        let folder = try TemporaryFolder()
        let (built, oracle) = try tables(table, folder, pageSize: pageSize, seed: seed)
        let changes = [
            "INSERT INTO t (c0) VALUES ('new'), (2.5), (zeroblob(9000))",
            "DELETE FROM t WHERE id % 3 = 0",
            "UPDATE t SET c0 = c0 || 'and some more text to move it' WHERE id % 5 = 0",
            "CREATE INDEX i ON t (c0)",
            "DELETE FROM t WHERE id % 2 = 0",
            "VACUUM",
            "INSERT INTO t (c0) VALUES ('newer')",
            "DELETE FROM t",
            "INSERT INTO t (c0) VALUES ('newest')",
        ]
        // Where SQLite itself has inserted, it has noted the greatest id; here whoever builds the table does.
        if let last = table.rows.last, last.id > 0 {
            try built.execute("INSERT INTO sqlite_sequence VALUES ('t', \(last.id))")
        }
        for change in changes {
            try built.execute(change)
            try oracle.execute(change)
            #expect(try built.integrity() == [[.text("ok")]], "\(change)")
            #expect(try built.rows(Self.all) == oracle.rows(Self.all), "\(change)")
        }
    }

    /// The page that holds byte 2³⁰ belongs to nobody; the tables reach far beyond.
    ///
    /// The root lies behind it, so that the digest of all pages before is taken on the way.
    @Test(arguments: [30_000, 5_000_000])
    func filesBeyondOneGibibyteSkipTheLockBytePage(bytesPerRow: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "built")
        let root: UInt32 = 16_500
        let maker = try OracleDatabase(path)
        try maker.execute("PRAGMA page_size = 65536; CREATE TABLE t (id INTEGER PRIMARY KEY, c0)")
        try maker.execute("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = \(root)")
        try maker.execute("PRAGMA journal_mode = DELETE")
        #expect(truncate(path, 65_536) == 0)
        let layout = SQLitePageLayout(pageSize: 65_536)
        let file = try PageFile(path: path, layout: layout, reserved: root..<root + 1)
        let table = TableBuilder(root: root, in: file)
        var run = LeafPageRun(file.layout)
        var record = ByteBuffer()
        SQLiteRecord.encode([.null, .blob([UInt8](repeating: 7, count: bytesPerRow))], into: &record)
        var id: Int64 = 0
        while file.size < 1_090_000_000 {
            for _ in 0..<(20_000_000 / bytesPerRow) {
                id += 1
                run.append(rowID: id, payload: record.bytes.span)
            }
            run.finish()
            try table.append(&run)
            run.removeAll()
        }
        try table.finish()
        let digest = try file.finish()
        #expect(try digest == PageFile(path: path, layout: layout).finish())
        let built = try OracleDatabase(path)
        #expect(try built.rows("PRAGMA quick_check") == [[.text("ok")]])
        #expect(
            try built.rows("SELECT count(*), max(id), min(length(c0)) FROM t")
                == [[.integer(id), .integer(id), .integer(Int64(bytesPerRow))]]
        )
        try built.execute("INSERT INTO t SELECT id + 1000000, c0 FROM t LIMIT 3; DELETE FROM t WHERE id % 1000 = 1")
        #expect(try built.rows("PRAGMA quick_check") == [[.text("ok")]])
    }
}
