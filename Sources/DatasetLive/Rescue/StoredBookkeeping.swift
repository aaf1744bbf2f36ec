import GRDB

/// The rows of a live database that are no readings.
struct StoredBookkeeping {
    private var statements: [(sql: String, arguments: StatementArguments)] = []
    /// The `id` of the reading with which the run goes on; nil if that is not known.
    private(set) var nextReading: Int64?
    /// What the run has done; nil if that is not known.
    private var totals: RunTotals?

    /// None.
    init() {}

    /// What a run knows.
    init(_ known: DatabaseRescue.Bookkeeping) {
        nextReading = known.checkpoint.nextReading
        totals = known.totals
        for version in known.versions { statements.append((AppliedVersion.statement, version.arguments)) }
        for entry in known.entries {
            statements.append(("INSERT OR REPLACE INTO dataset VALUES (?, ?)", [entry.key, entry.value]))
        }
        statements.append((Checkpoint.statement, known.checkpoint.arguments))
    }

    /// What can be read of the damaged database that is attached; what cannot, the run makes anew as far as it knows it.
    ///
    /// - Throws: what the system says; that is no damage, and reading may succeed another time.
    static func readable(in database: Database) throws -> StoredBookkeeping {
        var bookkeeping = StoredBookkeeping()
        for table in ["dataset", "live_versions", "live_skips", "live"] { try bookkeeping.add(table, database) }
        try bookkeeping.addTotals(database)
        return bookkeeping
    }

    private mutating func add(_ table: String, _ database: Database) throws {
        let query = "SELECT * FROM damaged.\(table)"
        let rows = try DatabaseRescue.readable { try Row.fetchAll(database, sql: query) }
        for row in rows ?? [] {
            let values = row.databaseValues
            let places = Array(repeating: "?", count: values.count).joined(separator: ",")
            statements.append(
                ("INSERT OR REPLACE INTO main.\(table) VALUES (\(places))", StatementArguments(Array(values)))
            )
            if table == "live" { nextReading = StoredValues(row).whole("next_reading") }
        }
    }

    private mutating func addTotals(_ database: Database) throws {
        let query = "SELECT CAST(totals AS TEXT) FROM damaged.live_totals WHERE id = 1 AND totals IS NOT NULL"
        let texts = try DatabaseRescue.readable { try String.fetchAll(database, sql: query) }
        totals = texts?.first.flatMap { RunTotals($0) }
    }

    /// The same, with what has come of the rescue.
    func adding(_ result: DatabaseRescue.Result) -> StoredBookkeeping {
        var bookkeeping = self
        bookkeeping.totals?.add(result)
        return bookkeeping
    }

    /// Puts the rows into the new database; one that does not fit there is left out.
    func write(_ database: Database) throws {
        let last = totals.map { [(sql: RunTotals.statement, arguments: StatementArguments([$0.text]))] } ?? []
        for statement in statements + last {
            do {
                try database.execute(sql: statement.sql, arguments: statement.arguments)
            } catch { if case .unusable = StoreFailure(error) { continue } else { throw error } }
        }
    }
}
