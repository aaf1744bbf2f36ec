import GRDB

/// What a live database says of the run that writes it.
struct LiveContents {
    /// The key of the table `dataset` under which ``run`` is stored.
    static let runKey = "run"

    /// Where the run stands; nil if the database says nothing, or nothing that makes sense.
    var checkpoint: Checkpoint?
    /// The recipes that it has followed, those that make no sense left out.
    var versions: [AppliedVersion]
    /// The run's own mark, which its database and its backups carry; nil in those of older versions.
    var run: String?

    /// What the run has done; nil in those of older versions.
    var totals: RunTotals?

    /// Reads a database.
    init(_ database: Database) throws {
        checkpoint = try Checkpoint.read(database)
        versions = try AppliedVersion.readAll(database)
        totals = try RunTotals.read(database)
        let query = "SELECT CAST(value AS TEXT) FROM dataset WHERE key = ?"
        run =
            try database.tableExists("dataset")
            ? String.fetchOne(database, sql: query, arguments: [Self.runKey]) : nil
    }

    /// A mark that no other run has.
    static func newRun() -> String {
        let text = String(UInt32.random(in: 0...UInt32.max), radix: 16)
        return String(repeating: "0", count: 8 - text.count) + text
    }

    /// Whether a text can be a run's mark.
    static func isRun(_ text: String) -> Bool {
        text.utf8.count == 8 && text.allSatisfy { $0.isASCII && $0.isHexDigit && !$0.isUppercase }
    }
}
