/// Names of columns in the statements of SQLite.
///
/// A metric may be called like a word of SQL. Only names that SQLite takes for such a word are quoted: the text of a
/// declaration is part of a file's bytes, and many words of SQL, such as `key` and `temp`, serve as names too.
///
/// Source: https://sqlite.org/lang_keywords.html, of whose 147 words those below are no names in SQLite's grammar (`src/parse.y`):
/// it has no `%fallback` for them.
package enum SQLiteName {
    /// A name where a column is declared.
    package static func declared(_ name: String) -> String {
        reserved.contains(name) ? "\"\(name)\"" : name
    }

    /// A name where an expression may stand, as in the columns of an index.
    package static func term(_ name: String) -> String {
        reserved.contains(name) || beginners.contains(name) ? "\"\(name)\"" : name
    }

    /// The words that are no names without quotation marks.
    private static let reserved: Set<String> = [
        "add", "all", "alter", "and", "as", "autoincrement", "between", "case", "check", "collate", "commit",
        "constraint", "create", "default", "deferrable", "delete", "distinct", "drop", "else", "escape", "except",
        "exists", "foreign", "from", "group", "having", "in", "index", "insert", "intersect", "into", "is", "isnull",
        "join", "limit", "not", "nothing", "notnull", "null", "on", "or", "order", "primary", "references", "returning",
        "select", "set", "table", "then", "to", "transaction", "union", "unique", "update", "using", "values", "when",
        "where",
    ]

    /// The words that are names, but begin an expression of their own where one may stand.
    private static let beginners: Set<String> = ["cast", "current_date", "current_time", "current_timestamp", "raise"]
}
