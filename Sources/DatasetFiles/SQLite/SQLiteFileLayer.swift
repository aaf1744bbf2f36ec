import CSQLite

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How SQLite reads a stored file: by the descriptor that is open already, and nothing else.
///
/// Neither a journal nor a log beside the file is looked for, none is made, nothing is locked, and what has the file's
/// name meanwhile does not matter. The name of a database is the number of the descriptor.
///
/// Source: https://sqlite.org/vfs.html and https://sqlite.org/c3ref/io_methods.html.
@safe enum SQLiteFileLayer {
    /// Its name among SQLite's.
    static let name = "stored-file"

    /// Whether SQLite knows it; true but where SQLite cannot be used at all.
    static let isRegistered: Bool = register()

    /// What SQLite keeps of an open file: its own part comes first.
    @unsafe private struct OpenedFile {
        var base: sqlite3_file
        var descriptor: Int32
    }

    private static func register() -> Bool {
        guard let system = unsafe sqlite3_vfs_find(nil), let name = unsafe strdup(name) else { return false }
        // SQLite keeps both as long as the program runs.
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        unsafe methods.initialize(to: Self.methods)
        let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        // Time, randomness and sleep are the system's.
        unsafe layer.initialize(to: system.pointee)
        unsafe layer.pointee.pNext = nil
        unsafe layer.pointee.szOsFile = Int32(MemoryLayout<OpenedFile>.size)
        unsafe layer.pointee.zName = UnsafePointer(name)
        unsafe layer.pointee.pAppData = UnsafeMutableRawPointer(methods)
        unsafe layer.pointee.xOpen = { layer, name, file, flags, outFlags in
            unsafe SQLiteFileLayer.open(layer, name, file, flags, outFlags)
        }
        unsafe layer.pointee.xDelete = { _, _, _ in SQLITE_READONLY }
        unsafe layer.pointee.xAccess = { _, _, _, result in
            unsafe result?.pointee = 0
            return SQLITE_OK
        }
        unsafe layer.pointee.xFullPathname = { _, name, count, result in
            guard let name = unsafe name, let result = unsafe result, unsafe strlen(name) < Int(count) else {
                return SQLITE_CANTOPEN
            }
            unsafe strcpy(result, name)
            return SQLITE_OK
        }
        return unsafe sqlite3_vfs_register(layer, 0) == SQLITE_OK
    }

    private static func open(
        _ layer: UnsafeMutablePointer<sqlite3_vfs>?,
        _ name: UnsafePointer<CChar>?,
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ flags: Int32,
        _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let layer = unsafe layer, let file = unsafe file else { return SQLITE_CANTOPEN }
        // Without methods, SQLite does not close what has not been opened.
        unsafe file.pointee.pMethods = nil
        guard let name = unsafe name, flags & SQLITE_OPEN_MAIN_DB != 0, flags & SQLITE_OPEN_READONLY != 0,
            let descriptor = unsafe Int32(String(cString: name)), let methods = unsafe layer.pointee.pAppData
        else { return SQLITE_CANTOPEN }
        let opened = unsafe OpenedFile(
            base: sqlite3_file(pMethods: UnsafePointer(methods.assumingMemoryBound(to: sqlite3_io_methods.self))),
            descriptor: descriptor
        )
        unsafe UnsafeMutableRawPointer(file).initializeMemory(as: OpenedFile.self, repeating: opened, count: 1)
        unsafe outFlags?.pointee = flags
        return SQLITE_OK
    }

    // SQLITE_IOERR_READ and SQLITE_IOERR_SHORT_READ, which Swift cannot import.
    private static let readError = SQLITE_IOERR | 1 << 8
    private static let shortRead = SQLITE_IOERR | 2 << 8

    private static func descriptor(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Int32 {
        guard let file = unsafe file else { return -1 }
        return unsafe UnsafeRawPointer(file).load(as: OpenedFile.self).descriptor
    }

    private static func read(
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ buffer: UnsafeMutableRawPointer?,
        _ count: Int32,
        _ offset: Int64
    ) -> Int32 {
        guard let buffer = unsafe buffer else { return readError }
        let descriptor = unsafe descriptor(file)
        var done = 0
        while done < Int(count) {
            let status = unsafe pread(descriptor, buffer + done, Int(count) - done, off_t(offset) + off_t(done))
            if status < 0, errno == EINTR { continue }
            if status < 0 { return readError }
            if status == 0 {
                // "If xRead() returns SQLITE_IOERR_SHORT_READ it must also fill in the unread portions … with zeros."
                unsafe memset(buffer + done, 0, Int(count) - done)
                return shortRead
            }
            done += status
        }
        return SQLITE_OK
    }

    private static func size(
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ result: UnsafeMutablePointer<Int64>?
    ) -> Int32 {
        var status = stat()
        guard unsafe fstat(descriptor(file), &status) == 0 else { return SQLITE_IOERR }
        unsafe result?.pointee = Int64(status.st_size)
        return SQLITE_OK
    }

    private static var methods: sqlite3_io_methods {
        var methods = sqlite3_io_methods()
        methods.iVersion = 1
        // The descriptor belongs to whoever has opened the database.
        unsafe methods.xClose = { _ in SQLITE_OK }
        unsafe methods.xRead = { file, buffer, count, offset in
            unsafe SQLiteFileLayer.read(file, buffer, count, offset)
        }
        unsafe methods.xWrite = { _, _, _, _ in SQLITE_READONLY }
        unsafe methods.xTruncate = { _, _ in SQLITE_READONLY }
        unsafe methods.xSync = { _, _ in SQLITE_OK }
        unsafe methods.xFileSize = { file, result in unsafe SQLiteFileLayer.size(file, result) }
        unsafe methods.xLock = { _, _ in SQLITE_OK }
        unsafe methods.xUnlock = { _, _ in SQLITE_OK }
        unsafe methods.xCheckReservedLock = { _, result in
            unsafe result?.pointee = 0
            return SQLITE_OK
        }
        unsafe methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        unsafe methods.xSectorSize = { _ in 4_096 }
        // "The SQLITE_IOCAP_IMMUTABLE flag indicates that the file is on read-only media and cannot be changed even by
        // processes with elevated privileges": so that SQLite needs no locks, and looks for no log in WAL mode.
        unsafe methods.xDeviceCharacteristics = { _ in SQLITE_IOCAP_IMMUTABLE }
        return methods
    }
}
