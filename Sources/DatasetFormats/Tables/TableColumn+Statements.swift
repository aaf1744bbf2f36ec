extension Array {
    /// The statement that makes a table of these columns in SQLite.
    ///
    /// - Parameters:
    ///   - table: its name.
    ///   - isAgain: whether it may be there already.
    ///   - hasKey: whether a column that is the table's key is declared as such.
    /// - Returns: the statement, with its semicolon.
    package func createStatement<Item>(of table: String, isAgain: Bool = false, hasKey: Bool = true) -> String
    where Element == TableColumn<Item> {
        let columns = map { column in
            let type = hasKey ? column.sqlType : column.sqlType.replacing(" PRIMARY KEY", with: "")
            // Files have always had this one in quotation marks, which it could do without.
            let name = column.name == "end" ? "\"end\"" : SQLiteName.declared(column.name)
            return "    \(name) \(type)"
        }
        return "CREATE TABLE \(isAgain ? "IF NOT EXISTS " : "")\(table) (\n\(columns.joined(separator: ",\n"))\n);"
    }

    /// The statement that inserts a row of these columns in SQLite.
    package func insertStatement<Item>(into table: String) -> String where Element == TableColumn<Item> {
        "INSERT INTO \(table) VALUES (\(map { _ in "?" }.joined(separator: ",")))"
    }
}
