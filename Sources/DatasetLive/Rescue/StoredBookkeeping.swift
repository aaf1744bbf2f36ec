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
    /// - Parameters:
    ///   - database: the one that it is attached to.
    ///   - looking: gives what reading gives; nil where damage is in the way.
    /// - Returns: what has been read.
    /// - Throws: what the system says; that is no damage, and reading may succeed another time.
    static func readable(
        in database: Database,
        looking: (_ read: () throws -> [Row]) throws -> [Row]?
    ) throws -> StoredBookkeeping {
        var bookkeeping = StoredBookkeeping()
        // Older versions did not have all of them.
        let tables = try looking { try Row.fetchAll(database, sql: "SELECT name FROM damaged.sqlite_schema") }
        let names = tables.map { Set($0.compactMap { StoredValues($0).text("name") }) }
        func rows(_ table: String, _ columns: String) throws -> [Row] {
            if let names, !names.contains(table) { return [] }
            return try looking { try Row.fetchAll(database, sql: "SELECT \(columns) FROM damaged.\(table)") } ?? []
        }
        for table in ["dataset", "live_versions", "live_skips", "live"] {
            bookkeeping.add(try rows(table, "*"), to: table)
        }
        let totals = try rows("live_totals", "id, CAST(totals AS TEXT) AS totals")
        bookkeeping.totals = totals.lazy.map { StoredValues($0) }
            .first { $0.whole("id") == 1 }?
            .text("totals").flatMap { RunTotals($0) }
        return bookkeeping
    }

    private mutating func add(_ rows: [Row], to table: String) {
        for row in rows {
            let values = row.databaseValues
            let places = Array(repeating: "?", count: values.count).joined(separator: ",")
            statements.append(
                ("INSERT OR REPLACE INTO main.\(table) VALUES (\(places))", StatementArguments(Array(values)))
            )
            if table == "live" { nextReading = StoredValues(row).whole("next_reading") }
        }
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
