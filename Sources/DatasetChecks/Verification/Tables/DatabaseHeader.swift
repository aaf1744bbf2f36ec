import DatasetFiles
import DatasetFormats

/// The header of a SQLite file, whose settings every reader goes by.
///
/// Source: section 1.3 of https://sqlite.org/fileformat2.html.
struct DatabaseHeader {
    /// Bytes of a header.
    static let count = 100

    private let bytes: [UInt8]
    private let fileSize: Int64

    /// - Throws: ``FileError`` when the file cannot be read.
    init(_ file: StoredFile) throws(FileError) {
        var buffer = ByteBuffer()
        try unsafe buffer.appendRaw(atMost: Self.count) { room throws(FileError) in
            try unsafe file.read(into: room, at: 0)
        }
        (bytes, fileSize) = (buffer.bytes, file.size)
    }

    /// The fields that are the same in every file of one schema, by the names that SQLite's documents give them.
    private static let fields: [(offset: Int, count: Int, name: String)] = [
        (16, 2, "page_size"), (20, 1, "reserved space of pages"), (21, 1, "maximum payload fraction"),
        (22, 1, "minimum payload fraction"), (23, 1, "leaf payload fraction"), (32, 4, "first free page"),
        (36, 4, "freelist_count"), (40, 4, "schema_version"), (44, 4, "schema format"), (48, 4, "default_cache_size"),
        (52, 4, "largest root of auto_vacuum"), (56, 4, "encoding"), (60, 4, "user_version"),
        (64, 4, "incremental_vacuum"), (68, 4, "application_id"), (72, 8, "reserved bytes"), (80, 8, "reserved bytes"),
        (88, 4, "reserved bytes"),
    ]

    /// What is wrong with it; `expected` is that of an empty file of the same schema.
    func problems(comparedWith expected: [UInt8]) -> Problems {
        var problems = Problems()
        // What is no header at all, SQLite says itself.
        guard bytes.count == Self.count, expected.count == Self.count, bytes[..<16] == expected[..<16] else {
            return problems
        }
        if bytes[18] == 2 || bytes[19] == 2 {
            problems.add("its journal mode is WAL, as no dataset's is: it takes permission to write to read it")
        } else if bytes[18..<20] != expected[18..<20] {
            problems.add("its file format has version \(bytes[18]), \(bytes[19]), not 1, 1")
        }
        for field in Self.fields {
            let (found, right) = (number(bytes, field.offset, field.count), number(expected, field.offset, field.count))
            if found != right { problems.add("its \(field.name) is \(found), not \(right)") }
        }
        let pageSize = Int64(number(bytes, 16, 2) == 1 ? 65_536 : number(bytes, 16, 2))
        let pages = Int64(number(bytes, 28, 4))
        // The count of pages holds if the versions agree; without it, or with 0, the file's size does.
        let isCounted = pages > 0 && bytes[24..<28] == bytes[92..<96]
        if pageSize > 0, !fileSize.isMultiple(of: pageSize) || (isCounted && pages * pageSize != fileSize) {
            problems.add("it has bytes behind its last page, or lacks some: \(fileSize) bytes, pages of \(pageSize)")
        }
        return problems
    }

    private func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        bytes[offset..<offset + count].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
