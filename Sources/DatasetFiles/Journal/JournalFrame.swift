import DatasetGen

/// A record of a journal with what tells that it is whole: eight bytes of length, little-endian, before, 32 of SHA-256
/// behind.
enum JournalFrame {
    /// The record in its frame.
    static func bytes(of record: [UInt8]) -> [UInt8] {
        var frame = StateWriter()
        frame.append(UInt64(record.count))
        return frame.bytes + record + SHA256.hash(data: record)
    }

    /// The next record, if it is whole.
    static func next(in journal: inout StateReader) -> ArraySlice<UInt8>? {
        do throws(StateError) {
            let length: UInt64 = try journal.next()
            guard let length = Int(exactly: length) else { return nil }
            let record = try journal.next(raw: length)
            return try Array(SHA256.hash(data: record)) == Array(journal.next(raw: 32)) ? record : nil
        } catch { return nil }
    }
}
