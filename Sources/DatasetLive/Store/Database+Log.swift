import CSQLite
import GRDB

extension Database {
    /// Sets whether the log stays as it is when the last connection is closed.
    ///
    /// Otherwise SQLite brings it into the database and removes it; a log that was read wrongly once is removed as if there
    /// were nothing in it.
    func keepLog(_ keeps: Bool) {
        guard let connection = unsafe sqliteConnection else { return }
        unsafe sqlite3_keep_log(connection, keeps ? 1 : 0)
    }
}
