import DatasetGen
import GRDB

/// The rows of a live database that are no readings.
struct StoredBookkeeping {
    private var statements: [(sql: String, arguments: StatementArguments)] = []
    /// The `id` of the reading with which the run goes on; nil if that is not known.
    private(set) var nextReading: Int64?

    /// None.
    init() {}

    /// What a run knows.
    init(_ known: DatabaseRescue.Bookkeeping) {
        nextReading = known.checkpoint.nextReading
        for version in known.versions { statements.append((AppliedVersion.statement, version.arguments)) }
        for entry in known.entries {
            statements.append(("INSERT OR REPLACE INTO dataset VALUES (?, ?)", [entry.key, entry.value]))
        }
        statements.append((Checkpoint.statement, known.checkpoint.arguments))
    }

    /// What can be read of the damaged database that is attached; what cannot, the run makes anew as far as it knows it.
    init(readableIn database: Database) {
        for table in ["dataset", "live_versions", "live"] {
            let query = "SELECT * FROM damaged.\(table)"
            guard let rows = try? Row.fetchAll(database, sql: query) else { continue }
            for row in rows {
                let values = row.databaseValues
                let places = Array(repeating: "?", count: values.count).joined(separator: ",")
                statements.append(
                    ("INSERT OR REPLACE INTO main.\(table) VALUES (\(places))", StatementArguments(Array(values)))
                )
                if table == "live" { nextReading = StoredValues(row).whole("next_reading") }
            }
        }
    }

    /// Puts the rows into the new database; one that does not fit there is left out.
    func write(_ database: Database) throws {
        for statement in statements {
            do {
                try database.execute(sql: statement.sql, arguments: statement.arguments)
            } catch { if case .unusable = StoreFailure(error) { continue } else { throw error } }
        }
    }
}
