import Foundation

/// The pages that a file of SQLite's holds, read without SQLite.
///
/// Source: https://sqlite.org/fileformat2.html, sections 1.3 "The Database Header" and 4.1 "WAL File Format".
struct PageSource {
    /// Bytes of a page.
    let pageSize: Int
    /// Bytes at the end of each page that SQLite leaves alone.
    let reserved: Int
    private let file: FileHandle
    /// Where the pages begin, newest first.
    private let offsets: [UInt64]

    /// How many pages there are.
    var count: Int { offsets.count }

    /// The pages of a database's write-ahead log, then those of the database; files that cannot be read are left out.
    static func all(of path: String) -> [PageSource] {
        let database = PageSource(database: path)
        let log = PageSource(log: path + "-wal", reserved: database?.reserved ?? 0)
        return [log, database].compactMap { $0 }
    }

    /// Whether a database ends within one of its pages.
    static func isCutWithinAPage(_ path: String) -> Bool {
        guard let source = PageSource(database: path), let size = FileIdentity.size(ofPath: path) else { return false }
        return !Int(size).isMultiple(of: source.pageSize)
    }

    private init?(database path: String) {
        guard let file = FileHandle(forReadingAtPath: path), let size = FileIdentity.size(ofPath: path),
            let header = try? file.read(upToCount: 100), header.count == 100
        else { return nil }
        let bytes = [UInt8](header)
        // 1 stands for 65,536. Where the header is gone, the size is the one that new databases have.
        let stated = Int(bytes[16]) << 8 | Int(bytes[17])
        let statedSize = stated == 1 ? 65_536 : stated
        let isHeader = bytes.starts(with: Array("SQLite format 3".utf8))
        pageSize = isHeader && Self.isPageSize(statedSize) ? statedSize : 4_096
        reserved = isHeader && bytes[20] < 32 ? Int(bytes[20]) : 0
        self.file = file
        offsets = (0..<UInt64(size) / UInt64(pageSize)).map { [pageSize] in $0 * UInt64(pageSize) }
    }

    private init?(log path: String, reserved: Int) {
        guard let file = FileHandle(forReadingAtPath: path), let size = FileIdentity.size(ofPath: path),
            let header = try? file.read(upToCount: 32), header.count == 32
        else { return nil }
        let bytes = [UInt8](header)
        let pageSize = bytes[8..<12].reduce(0) { $0 << 8 | Int($1) }
        guard Self.isPageSize(pageSize) else { return nil }
        let salt = bytes[16..<24]
        var offsets: [UInt64] = []
        for frame in stride(from: UInt64(32), to: UInt64(size), by: UInt64.Stride(24 + pageSize)) {
            guard (try? file.seek(toOffset: frame)) != nil, let head = try? file.read(upToCount: 24), head.count == 24
            else { break }
            // Frames of an earlier time have another salt.
            if [UInt8](head)[8..<16].elementsEqual(salt) { offsets.append(frame + 24) }
        }
        self.file = file
        self.pageSize = pageSize
        self.reserved = reserved
        self.offsets = offsets.reversed()
    }

    /// A page; nil if it is not whole.
    func page(_ index: Int) -> [UInt8]? {
        guard (try? file.seek(toOffset: offsets[index])) != nil, let bytes = try? file.read(upToCount: pageSize),
            bytes.count == pageSize
        else { return nil }
        return [UInt8](bytes)
    }

    private static func isPageSize(_ size: Int) -> Bool { (512...65_536) ~= size && size & (size - 1) == 0 }
}
