import GRDB

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Why the database cannot be written, by what helps.
enum StoreFailure: Error, Hashable, CustomStringConvertible {
    /// Another program holds a lock: wait.
    case locked
    /// The disk is full, or the file may not grow: wait for room.
    case full(String)
    /// Reading or writing failed, or the file cannot be opened: try again.
    case unavailable(String)
    /// The file is damaged: set it aside.
    case damaged(String)
    /// Anything else, such as a table of other columns or a row in the way: set it aside.
    case unusable(String)
    /// Another file is in the place of the database: wait until it is gone.
    case foreign(String)
    /// Somebody wants the run to end.
    case interrupted

    /// What an error of any origin is.
    init(_ error: any Error) {
        if let failure = error as? StoreFailure {
            self = failure
            return
        }
        guard let error = error as? DatabaseError else {
            self = .unavailable("\(error)")
            return
        }
        let text = error.message ?? error.resultCode.description
        switch error.resultCode.primaryResultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_FULL: self = .full(text)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(text)
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_NOMEM, .SQLITE_PROTOCOL, .SQLITE_PERM:
            self = .unavailable(text)
        case .SQLITE_INTERRUPT: self = .interrupted
        case .SQLITE_CONSTRAINT:
            self = .unusable("another program has put rows or conditions of its own into it (\(text))")
        default: self = .unusable(text)
        }
    }

    /// What an error number of the system is.
    init(_ code: Int32, _ path: String) {
        let text = unsafe "\(path): \(String(cString: strerror(code)))"
        self = code == ENOSPC || code == EDQUOT ? .full(text) : .unavailable(text)
    }

    /// Whether the file is damaged, or was read wrongly.
    var isDamage: Bool {
        if case .damaged = self { true } else { false }
    }

    /// What is wrong, without what SQLite or the system say of it: these name files.
    var kind: String {
        switch self {
        case .locked, .interrupted: description
        case .full: "no room for the database"
        case .unavailable: "the database cannot be written"
        case .damaged: "the database is damaged"
        case .unusable: "the database does not fit"
        case .foreign: "another file is in the place of the database"
        }
    }

    /// One line on what is wrong.
    var description: String {
        switch self {
        case .locked: "the database is locked by another program"
        case .full(let text): "no room for the database: \(text)"
        case .unavailable(let text): "the database cannot be written: \(text)"
        case .damaged(let text): "the database is damaged: \(text)"
        case .unusable(let text): "the database does not fit: \(text)"
        case .foreign(let text): "another file is in the place of the database: \(text)"
        case .interrupted: "the run is to end"
        }
    }
}
