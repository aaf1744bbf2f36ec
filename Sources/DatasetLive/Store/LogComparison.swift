import Foundation

/// Compares what has been brought into a database with the log that it came from.
///
/// SQLite copies pages without looking at what it has read of them, and forgets the log afterwards: what was read wrongly
/// once would be in the database for good.
///
/// Source: https://sqlite.org/fileformat2.html, section 4.1 "WAL File Format".
enum LogComparison {
    private static let (headerSize, frameHeaderSize) = (32, 24)

    /// Whether the newest pages in the first frames of a database's log are those of the database.
    ///
    /// False also where that cannot be said: opening the database again does no harm.
    ///
    /// - Complexity: O(frames).
    static func isFaithful(_ path: String, frames: Int) -> Bool {
        guard let database = FileHandle(forReadingAtPath: path), let log = FileHandle(forReadingAtPath: path + "-wal"),
            let header = bytes(log, headerSize, at: 0)
        else { return false }
        let pageSize = number(header, at: 8)
        guard (512...65_536) ~= pageSize else { return false }
        var newest: [UInt32: UInt64] = [:]
        var size: UInt32 = 0
        for frame in 0..<frames {
            let place = UInt64(headerSize) + UInt64(frame) * UInt64(frameHeaderSize + Int(pageSize))
            guard let head = bytes(log, frameHeaderSize, at: place), head[8..<16] == header[16..<24] else {
                return false
            }
            newest[number(head, at: 0)] = place + UInt64(frameHeaderSize)
            // The last frame of a transaction says how many pages the database has then.
            if number(head, at: 4) > 0 { size = number(head, at: 4) }
        }
        return newest.allSatisfy { page, place in
            guard (1...max(1, size)) ~= page else { return page > size && size > 0 }
            let (written, stored) = (
                bytes(log, Int(pageSize), at: place),
                bytes(database, Int(pageSize), at: UInt64(page - 1) * UInt64(pageSize))
            )
            return written != nil && written == stored
        }
    }

    private static func bytes(_ file: FileHandle, _ count: Int, at place: UInt64) -> Data? {
        guard (try? file.seek(toOffset: place)) != nil, let bytes = try? file.read(upToCount: count),
            bytes.count == count
        else { return nil }
        return bytes
    }

    /// A big-endian number of four bytes.
    private static func number(_ bytes: Data, at place: Int) -> UInt32 {
        bytes.dropFirst(place).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
}
