/// Where the root pages of tables and indexes are, by the schema of a database file.
struct SchemaRoots {
    /// The root of a table, or of one of its indexes.
    struct Root {
        let name: String
        let table: String
        var page: UInt32
    }

    /// By rising page.
    private(set) var all: [Root] = []

    /// Reads the schema.
    init(inFile path: String) throws(FileError) {
        let database = try SQLiteDatabase(reading: StoredFile(path: path))
        let statement = try database.prepare("SELECT name, tbl_name, rootpage FROM sqlite_schema ORDER BY rootpage")
        while try statement.step() {
            all.append(
                Root(
                    name: statement.text(0) ?? "",
                    table: statement.text(1) ?? "",
                    page: UInt32(statement.integer(2))
                )
            )
        }
    }

    /// The root page of a table or an index that is there.
    subscript(name: String) -> UInt32 {
        get { all[index(of: name)].page }
        set { all[index(of: name)].page = newValue }
    }

    /// Changes the schema, which SQLite otherwise keeps to itself; the pages named must be within the file.
    ///
    /// Source: https://sqlite.org/pragma.html#pragma_writable_schema.
    func store(inFile path: String) throws(FileError) {
        let database = try SQLiteDatabase(building: path)
        try database.execute("PRAGMA writable_schema = ON; BEGIN")
        for root in all {
            try database.execute("UPDATE sqlite_schema SET rootpage = \(root.page) WHERE name = '\(root.name)'")
        }
        try database.execute("COMMIT")
    }

    private func index(of name: String) -> Int {
        guard let index = all.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("the schema has no \(name)")
        }
        return index
    }
}
