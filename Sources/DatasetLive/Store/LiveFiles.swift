#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The files behind an open database, as they were when it was opened.
struct LiveFiles {
    private let path: String
    private let usesLog: Bool
    let database: FileIdentity?
    /// The device of the folder.
    private let device: UInt64?
    private var log: FileIdentity?
    private var index: FileIdentity?
    private var greatestSize: Int64 = 0

    init(_ path: String, usesLog: Bool) {
        self.path = path
        self.usesLog = usesLog
        database = FileIdentity(ofPath: path)
        device = Self.device(ofFolderOf: path)
        noteCompanions()
    }

    /// Why no new database may be made in the place of this one; nil if it may.
    ///
    /// Where a volume has been detached, it would lie in the folder below.
    var obstacle: String? {
        guard let device = Self.device(ofFolderOf: path) else { return "its folder is not there" }
        guard device != self.device, FileIdentity(ofPath: path) == nil else { return nil }
        return "its folder is on another disk than it was, and it is not in it"
    }

    /// Whether the paths of the database and of its log lead to them.
    var isInPlace: Bool {
        FileIdentity(ofPath: path) == database && (log == nil || FileIdentity(ofPath: path + "-wal") == log)
    }

    /// Whether the log of the database lies beside another one, where SQLite would take it for that one's.
    var isLogAstray: Bool {
        guard usesLog, let log, FileIdentity(ofPath: path) != database else { return false }
        return FileIdentity(ofPath: path + "-wal") == log
    }

    /// Removes the log that is astray if there is nothing in it: it is this database's own.
    func removeEmptyLog() {
        guard isLogAstray, FileIdentity.size(ofPath: path + "-wal") == 0 else { return }
        unsafe unlink(path + "-wal")
        if let index, FileIdentity(ofPath: path + "-shm") == index { unsafe unlink(path + "-shm") }
    }

    /// What has happened to the files since they were opened, or were last looked at; nil if nothing has.
    mutating func change() -> Change? {
        let now = FileIdentity(ofPath: path)
        guard now == database else { return .gone(now == nil ? "moved or deleted" : "replaced") }
        if usesLog {
            noteCompanions()
            if log != FileIdentity(ofPath: path + "-wal") || index != FileIdentity(ofPath: path + "-shm") {
                return .logGone
            }
        }
        let size = FileIdentity.size(ofPath: path) ?? 0
        defer { greatestSize = size }
        return size < greatestSize ? .shrunk : nil
    }

    private mutating func noteCompanions() {
        guard usesLog else { return }
        if log == nil { log = FileIdentity(ofPath: path + "-wal") }
        if index == nil { index = FileIdentity(ofPath: path + "-shm") }
    }

    private static func device(ofFolderOf path: String) -> UInt64? {
        FileIdentity(ofPath: DatabaseFiles.folder(of: path))?.device
    }

    /// What can happen to the files of an open database.
    enum Change: Equatable {
        /// The path leads to another file or to none; the text says which.
        case gone(String)
        /// The write-ahead log, or its index, is not the one that is written.
        case logGone
        /// The database has become smaller.
        case shrunk
    }
}
