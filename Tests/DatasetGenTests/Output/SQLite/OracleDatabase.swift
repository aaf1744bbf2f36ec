import CSQLite
import DatasetFormats

/// A database as SQLite itself makes, changes and reads it: what built pages are held against.
final class OracleDatabase {
    struct Failure: Error { let message: String }

    private var handle: OpaquePointer?

    init(_ path: String) throws {
        guard sqlite3_open(path, &handle) == SQLITE_OK else { throw failure }
        try execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
    }

    deinit { sqlite3_close_v2(handle) }

    private var failure: Failure { Failure(message: String(cString: sqlite3_errmsg(handle))) }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    /// Runs a prepared statement once per row of parameters.
    func run(_ sql: String, _ rows: some Sequence<[SQLiteValue]>) throws {
        let statement = try prepare(sql)
        defer { sqlite3_finalize(statement) }
        try execute("BEGIN")
        for row in rows {
            for (index, value) in row.enumerated() { bind(value, to: statement, Int32(index + 1)) }
            guard sqlite3_step(statement) == SQLITE_DONE else { throw failure }
            sqlite3_reset(statement)
        }
        try execute("COMMIT")
    }

    /// All rows of a query.
    func rows(_ sql: String) throws -> [[SQLiteValue]] {
        let statement = try prepare(sql)
        defer { sqlite3_finalize(statement) }
        var rows: [[SQLiteValue]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append((0..<sqlite3_column_count(statement)).map { value(statement, $0) })
            case SQLITE_DONE: return rows
            default: throw failure
            }
        }
    }

    /// What SQLite finds wrong with the file; `ok` if nothing.
    func integrity() throws -> [[SQLiteValue]] { try rows("PRAGMA integrity_check") }

    private func prepare(_ sql: String) throws -> OpaquePointer? {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure }
        return statement
    }

    private func bind(_ value: SQLiteValue, to statement: OpaquePointer?, _ index: Int32) {
        // SQLITE_TRANSIENT: SQLite copies the bytes.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .real(let number): sqlite3_bind_double(statement, index, number)
        case .text(let text):
            let bytes = Array(text.utf8).map { CChar(bitPattern: $0) }
            sqlite3_bind_text64(statement, index, bytes, UInt64(bytes.count), transient, UInt8(SQLITE_UTF8))
        case .blob(let bytes):
            if bytes.isEmpty {
                sqlite3_bind_zeroblob(statement, index, 0)
            } else {
                sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), transient)
            }
        }
    }

    private func value(_ statement: OpaquePointer?, _ column: Int32) -> SQLiteValue {
        let count = { Int(sqlite3_column_bytes(statement, column)) }
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let text = sqlite3_column_text(statement, column)
            return .text(String(decoding: UnsafeBufferPointer(start: text, count: count()), as: UTF8.self))
        case SQLITE_BLOB:
            let blob = sqlite3_column_blob(statement, column)
            return .blob(Array(UnsafeRawBufferPointer(start: blob, count: count())))
        default: return .null
        }
    }
}
