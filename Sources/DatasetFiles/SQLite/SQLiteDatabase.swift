import CSQLite

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A thin face of the SQLite C API: what this library needs of it, with typed errors.
@safe package final class SQLiteDatabase {
    private let path: String
    /// What is read; nil for a database that is made.
    private let file: StoredFile?
    private var handle: OpaquePointer?

    /// Opens a database to read it, through its open file alone: nothing is written, not even beside it.
    ///
    /// - Throws: ``FileError`` when it cannot be opened.
    package convenience init(reading file: StoredFile) throws(FileError) {
        guard SQLiteFileLayer.isRegistered else { throw FileError(.open, file.path, code: ENOMEM) }
        let name = String(file.descriptor)
        try self.init(path: file.path, file: file, name: name, SQLITE_OPEN_READONLY, layer: SQLiteFileLayer.name)
        try distrust()
    }

    private init(
        path: String,
        file: StoredFile?,
        name: String,
        _ mode: Int32,
        layer: String? = nil
    ) throws(FileError) {
        (self.path, self.file) = (path, file)
        // Calls come one at a time, though from changing threads: no mutex is needed.
        let status = unsafe sqlite3_open_v2(name, &handle, mode | SQLITE_OPEN_NOMUTEX, layer)
        guard status == SQLITE_OK else {
            let error = failure(file == nil ? .create : .open)
            unsafe sqlite3_close_v2(handle)
            unsafe handle = nil
            throw error
        }
    }

    /// Keeps a stranger's file from having more done than its tables read: a view can have endlessly many rows, and a
    /// column that is computed from others a value of gigabytes.
    private func distrust() throws(FileError) {
        // Views and triggers must not call functions: https://sqlite.org/security.html.
        try execute("PRAGMA trusted_schema = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA cell_size_check = ON")
        try execute("PRAGMA temp_store = MEMORY")
        unsafe sqlite3_disable_views(handle)
        unsafe sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.longestValue)
    }

    /// Bytes: far more than any value of a dataset has.
    private static let longestValue: Int32 = 64 << 20

    /// Opens a database that nobody else sees yet, or makes it: it needs no journal.
    ///
    /// - Throws: ``FileError`` when it cannot be opened or made.
    package convenience init(building path: String) throws(FileError) {
        try self.init(path: path, file: nil, name: path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        // Whoever completes the file waits for the disk.
        try execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384")
    }

    deinit {
        unsafe sqlite3_close_v2(handle)
    }

    /// Runs statements that give no rows.
    func execute(_ sql: String) throws(FileError) {
        guard unsafe sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(.write) }
    }

    /// Prepares a statement.
    package func prepare(_ sql: String) throws(FileError) -> SQLiteStatement {
        var statement: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        guard unsafe sqlite3_prepare_v3(handle, sql, -1, flags, &statement, nil) == SQLITE_OK,
            let statement = unsafe statement
        else { throw failure(.open) }
        return unsafe SQLiteStatement(statement, database: self)
    }

    /// The first column of each row that a query gives, as text; nil is NULL.
    package func column(_ sql: String) throws(FileError) -> [String?] {
        let statement = try prepare(sql)
        var values: [String?] = []
        while try statement.step() { values.append(statement.text(0)) }
        return values
    }

    /// The first bytes of the file that this database would be, at most `count`.
    ///
    /// - Throws: ``FileError`` when there is no memory for it.
    package func serialized(prefix count: Int) throws(FileError) -> [UInt8] {
        var size: sqlite3_int64 = 0
        guard let bytes = unsafe sqlite3_serialize(handle, "main", &size, 0) else { throw failure(.open) }
        defer { unsafe sqlite3_free(bytes) }
        return unsafe Array(UnsafeBufferPointer(start: bytes, count: min(count, Int(size))))
    }

    /// The error that the last call gave.
    func failure(_ operation: FileError.Operation) -> FileError {
        // The system's own reason where SQLite knows only that reading or writing failed.
        let code = unsafe sqlite3_extended_errcode(handle) & 0xff
        if code == SQLITE_NOMEM { return FileError(operation, path, code: ENOMEM) }
        let systemCode = unsafe sqlite3_system_errno(handle)
        if code == SQLITE_IOERR || code == SQLITE_FULL || code == SQLITE_CANTOPEN, systemCode != 0 {
            return FileError(operation, path, code: systemCode)
        }
        let message = unsafe sqlite3_errmsg(handle).map { unsafe String(cString: $0) } ?? "out of memory"
        return FileError(operation, path, reason: message)
    }
}

/// A prepared statement.
@safe package final class SQLiteStatement {
    private let statement: OpaquePointer
    private let database: SQLiteDatabase

    fileprivate init(_ statement: OpaquePointer, database: SQLiteDatabase) {
        unsafe self.statement = statement
        self.database = database
    }

    deinit {
        unsafe sqlite3_finalize(statement)
    }

    /// Goes to the next row; false at the end, and then ready to run again.
    package func step() throws(FileError) -> Bool {
        switch unsafe sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            unsafe sqlite3_reset(statement)
            return false
        default: throw database.failure(.write)
        }
    }

    /// Runs a statement that gives no rows.
    func run() throws(FileError) {
        _ = try step()
    }

    /// The names of its columns.
    package var columnNames: [String] {
        let count = unsafe sqlite3_column_count(statement)
        return (0..<count).map { unsafe sqlite3_column_name(statement, $0).map { unsafe String(cString: $0) } ?? "" }
    }

    /// The text of a column of the current row; nil if NULL.
    package func text(_ column: Int32) -> String? {
        unsafe sqlite3_column_text(statement, column).map { unsafe String(cString: $0) }
    }

    /// The type of a column's value in the current row.
    package enum ValueType {
        case null
        case integer
        case real
        case text
        case blob
    }

    /// The type of a column of the current row.
    package func type(_ column: Int32) -> ValueType {
        switch unsafe sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer
        case SQLITE_FLOAT: .real
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: .null
        }
    }

    /// A column of the current row as a whole number.
    package func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(statement, column) }

    /// A column of the current row as a number.
    package func double(_ column: Int32) -> Double { unsafe sqlite3_column_double(statement, column) }

    /// Lends out the UTF-8 text of a column of the current row.
    package func withText<Result>(_ column: Int32, _ body: (Span<UInt8>) -> Result) -> Result {
        let text = unsafe sqlite3_column_text(statement, column)
        let count = unsafe Int(sqlite3_column_bytes(statement, column))
        return unsafe body(UnsafeBufferPointer(start: text, count: count).span)
    }

    /// Whether a column of the current row is the text of these bytes.
    @inline(__always)
    package func holds(_ column: Int32, _ text: Span<UInt8>) -> Bool {
        guard unsafe sqlite3_column_type(statement, column) == SQLITE_TEXT else { return false }
        let stored = unsafe sqlite3_column_text(statement, column)
        guard unsafe Int(sqlite3_column_bytes(statement, column)) == text.count else { return false }
        return unsafe text.withUnsafeBytes { text in
            guard let stored = unsafe stored, let wanted = text.baseAddress else { return true }
            return unsafe memcmp(stored, wanted, text.count) == 0
        }
    }

    /// Binds a whole number; parameters count from 1.
    @inline(__always)
    package func bind(_ index: Int32, _ value: Int64) {
        unsafe sqlite3_bind_int64(statement, index, value)
    }

    /// Binds a number.
    @inline(__always)
    package func bind(_ index: Int32, _ value: Double) {
        unsafe sqlite3_bind_double(statement, index, value)
    }

    /// Binds NULL.
    @inline(__always)
    func bindNull(_ index: Int32) {
        unsafe sqlite3_bind_null(statement, index)
    }

    /// Binds a text that SQLite copies.
    package func bind(_ index: Int32, _ text: String?) {
        guard let text else { return bindNull(index) }
        bind(index, utf8: Array(text.utf8))
    }

    /// Binds a text that SQLite copies.
    @inline(__always)
    package func bind(_ index: Int32, utf8 bytes: [UInt8]) {
        // SQLITE_TRANSIENT, which Swift cannot import: the value −1 as a destructor (sqlite3.h).
        let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        unsafe bytes.withUnsafeBytes { bytes in
            _ = unsafe sqlite3_bind_text(
                statement,
                index,
                bytes.assumingMemoryBound(to: CChar.self).baseAddress,
                Int32(bytes.count),
                transient
            )
        }
    }
}
