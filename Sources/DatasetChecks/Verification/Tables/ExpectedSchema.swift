import DatasetFiles
import DatasetFormats
import DatasetGen

/// What SQLite itself makes of the statements that a dataset's SQLite file is made by: its schema and its header.
struct ExpectedSchema {
    /// A row of `sqlite_schema`, but for its page.
    struct Entry: Equatable {
        let type: String
        let name: String
        let table: String
        /// Nil for an index that SQLite has made by itself.
        let sql: String?

        /// `table events`.
        var description: String { "\(type) \(Excerpt.text(name))" }
    }

    /// The schema, in its order.
    let entries: [Entry]
    /// The first bytes of the file.
    let header: [UInt8]

    /// - Throws: ``FileError`` when there is no memory for it.
    init(_ stored: StoredDatabase) throws(FileError) {
        let database = try SQLiteDatabase(building: ":memory:")
        try SQLiteDatasetFile.makeSchema(
            in: database,
            of: stored.plan.recipe,
            stored.output.columns,
            timestamps: stored.timestamps,
            indexes: stored.output.parameters.indexes,
            pageSize: stored.output.pageLayout.pageSize
        )
        entries = try Self.entries(of: database)
        header = try database.serialized(prefix: DatabaseHeader.count)
    }

    /// The schema of a database, in the order in which it was made.
    static func entries(of database: SQLiteDatabase) throws(FileError) -> [Entry] {
        let statement = try database.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid")
        var entries: [Entry] = []
        while try statement.step() {
            entries.append(
                Entry(
                    type: statement.wholeText(0) ?? "",
                    name: statement.wholeText(1) ?? "",
                    table: statement.wholeText(2) ?? "",
                    sql: statement.wholeText(3)
                )
            )
        }
        return entries
    }

    /// How a schema differs from this one; nil if it is the same to the letter.
    func difference(of found: [Entry]) -> String? {
        if found == entries { return nil }
        if let entry = found.first(where: { entry in !entries.contains { $0.name == entry.name } }) {
            return "it has a \(entry.description) that no dataset has"
        }
        for entry in entries {
            guard let stored = found.first(where: { $0.name == entry.name }) else {
                return "it has no \(entry.description)"
            }
            if stored != entry {
                return "\(entry.description) is declared as \(Self.excerpt(stored.sql, unlike: entry.sql)), not as "
                    + Self.excerpt(entry.sql, unlike: stored.sql)
            }
        }
        return "its tables and indexes are in another order"
    }

    /// What a text has where another one begins to differ, from the line on.
    private static func excerpt(_ text: String?, unlike other: String?) -> String {
        let scalars = Array((text ?? "").unicodeScalars)
        let same = zip(scalars, (other ?? "").unicodeScalars).prefix { $0 == $1 }.count
        let line = scalars.prefix(same).lastIndex(of: "\n").map { $0 + 1 } ?? 0
        var rest = String.UnicodeScalarView(scalars.dropFirst(line).prefix { $0 != "\n" })
        if rest.isEmpty { rest = String.UnicodeScalarView(scalars.dropFirst(same)) }
        return Excerpt.text(String(rest).trimmingSpaces)
    }
}

extension String {
    /// The text without spaces at its beginning.
    fileprivate var trimmingSpaces: String { String(drop { $0 == " " }) }
}
