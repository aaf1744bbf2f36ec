import DatasetFiles
import DatasetFormats
import DatasetGen

/// A table of random rows: any kinds of values, gaps between the rowids, rows of up to some pages.
struct RandomTable {
    let columnCount: Int
    let rows: [(id: Int64, values: [SQLiteValue])]

    init(seed: UInt64, pageSize: Int) {
        var random = SeededGenerator(seed: seed)
        columnCount = Int.random(in: 1...([3, 40, 200].randomElement(using: &random) ?? 1), using: &random)
        let rowCount = [0, 1, 2, 7, 300, 2_500].randomElement(using: &random) ?? 0
        // The most bytes of a text: mostly short, at times longer than several pages.
        let longest = [0, 10, 60, 400, pageSize, 3 * pageSize].randomElement(using: &random) ?? 0
        let count = longest > 1_000 ? min(rowCount, 40) : rowCount
        var id = [0, 1, -5, .min, 1 << 40].randomElement(using: &random) ?? Int64(1)
        let width = columnCount
        var rows: [(id: Int64, values: [SQLiteValue])] = []
        for _ in 0..<count {
            rows.append((id, (0..<width).map { _ in Self.value(longest, &random) }))
            id += Bool.random(using: &random) ? 1 : Int64.random(in: 1...1_000_000, using: &random)
        }
        self.rows = rows
    }

    private static func value(_ longest: Int, _ random: inout SeededGenerator) -> SQLiteValue {
        let length = Int.random(in: 0...Int.random(in: 0...longest, using: &random), using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .null
        case 1:
            return .integer(Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0...63, using: &random))
        case 2: return .integer(Int64.random(in: -1...2, using: &random))
        case 3:
            return .real(
                [0, -0.0, 1, -273.15, 1e300, .infinity, .leastNonzeroMagnitude].randomElement(using: &random) ?? 0
            )
        case 4:
            let alphabet = ["a", "Z", "\0", "\n", "é", "😀", "'", "\u{2028}"]
            return .text((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined())
        default: return .blob((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    /// The statement that makes the table; its columns take any value as it is.
    var schema: String {
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, \(columns.joined(separator: ", ")))"
    }

    var insertStatement: String {
        "INSERT INTO t VALUES (?, \(columns.map { _ in "?" }.joined(separator: ", ")))"
    }

    private var columns: [String] { (0..<columnCount).map { "c\($0)" } }

    /// Builds the table, in runs of random length, in a file that SQLite has made.
    func build(in path: String, root: UInt32, pageSize: Int, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let file = try PageFile(path: path, layout: SQLitePageLayout(pageSize: pageSize))
        let table = TableBuilder(root: root, in: file)
        var run = LeafPageRun(file.layout)
        var record = ByteBuffer()
        var left = 0
        for row in rows {
            if left == 0 {
                run.finish()
                try table.append(&run)
                run.removeAll()
                left = Int.random(in: 1...500, using: &random)
            }
            SQLiteRecord.encode([.null] + row.values, into: &record)
            run.append(rowID: row.id, payload: record.bytes.span)
            left -= 1
        }
        run.finish()
        try table.append(&run)
        try table.finish()
        _ = try file.finish()
    }
}
