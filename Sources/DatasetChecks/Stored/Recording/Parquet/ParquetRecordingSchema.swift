import DatasetFiles
import DatasetFormats
import DatasetGen

/// The columns of a Parquet file that any program has written, and where their values stand.
///
/// Source: `parquet.thrift` of apache/parquet-format, by whose numbers fields are taken.
struct ParquetRecordingSchema {
    /// A column that holds one value a row.
    struct Column {
        let name: String
        /// Which of the file's columns it is, those that are left out among them.
        let leaf: Int
        let type: ParquetRecordingType
        let isOptional: Bool
    }

    /// Where the values of a column in a row group stand.
    struct Chunk {
        let codec: Int64
        let valueCount: Int64
        let bytes: Range<Int64>
    }

    struct RowGroup {
        let rowCount: Int64
        let chunks: [Chunk]
    }

    private(set) var columns: [Column] = []
    private(set) var groups: [RowGroup] = []
    /// What of the file is left out.
    private(set) var notes: [String] = []
    /// Columns of the file, within others too.
    private var leafCount = 0

    /// Bytes of a footer that no file of readings needs.
    private static let footerLimit: Int64 = 1 << 28

    init(_ file: StoredFile) throws(StoredFailure) {
        let ends = Int64(ParquetFile.magic.count)
        guard file.size >= 3 * ends else { throw .damage("is too short to be Parquet") }
        let tail = try file.wholeBytes(file.size - 2 * ends..<file.size)
        guard Array(tail.suffix(4)) == ParquetFile.magic else { throw .damage("does not end as Parquet") }
        let length = tail.prefix(4).reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard length <= min(file.size - 3 * ends, Self.footerLimit) else {
            throw .damage("has a footer of \(length.grouped(of: "byte")), more than it can have")
        }
        let end = file.size - 2 * ends
        let bytes = try file.wholeBytes(end - length..<end)
        var position = 0
        guard let footer = ThriftValue.structure(in: bytes.span, at: &position), let elements = footer[2]?.list,
            let stored = footer[4]?.list, !elements.isEmpty
        else { throw .damage("has a footer that cannot be read") }
        try takeColumns(elements)
        for group in stored {
            let group = try rowGroup(group, dataEnd: end - length)
            if group.rowCount > 0 { groups.append(group) }
        }
    }

    /// Goes through the tree of columns, which stands there parents first.
    private mutating func takeColumns(_ elements: [ThriftValue]) throws(StoredFailure) {
        var next = 1
        while next < elements.count {
            let element = elements[next]
            let name = String(decoding: element[4]?.bytes ?? [], as: UTF8.self)
            let first = leafCount
            let isNested = element[5]?.number ?? 0 > 0
            next = skip(elements, from: next)
            let repetition = element[3]?.number ?? 0
            if !isNested, repetition < 2, let type = ParquetRecordingType(element) {
                columns.append(Column(name: name, leaf: first, type: type, isOptional: repetition == 1))
            } else {
                notes.append("the column \(name.quoted) is left out: it holds neither one number nor one text a row")
            }
        }
        guard next == elements.count else { throw .damage("has a footer whose columns cannot be read") }
    }

    /// The place behind an element and what is within it; its leaves are counted.
    private mutating func skip(_ elements: [ThriftValue], from place: Int) -> Int {
        var (next, open) = (place, 1 as Int64)
        while open > 0, next < elements.count {
            let children = max(0, elements[next][5]?.number ?? 0)
            if children == 0 { leafCount += 1 }
            open = open - 1 &+ children
            next += 1
        }
        return next
    }

    private func rowGroup(_ group: ThriftValue, dataEnd: Int64) throws(StoredFailure) -> RowGroup {
        guard let stored = group[1]?.list, let rowCount = group[3]?.number, rowCount >= 0, stored.count == leafCount
        else { throw .damage("has a footer of which a row group cannot be read") }
        var chunks: [Chunk] = []
        // Where nothing is written, writers say nothing of where it is.
        for chunk in rowCount == 0 ? [] : stored {
            guard let data = chunk[3], let codec = data[4]?.number, let valueCount = data[5]?.number,
                let size = data[7]?.number, let dataOffset = data[9]?.number
            else { throw .damage("has a footer of which a column cannot be read; its values may be in another file") }
            // Some writers say 0 where there is no dictionary.
            let dictionary = data[11]?.number ?? 0
            let start = dictionary > 0 ? min(dictionary, dataOffset) : dataOffset
            guard start >= 4, size >= 0, start <= dataEnd, size <= dataEnd - start else {
                throw .damage("has a column that would lie outside of it")
            }
            chunks.append(Chunk(codec: codec, valueCount: valueCount, bytes: start..<start + size))
        }
        return RowGroup(rowCount: rowCount, chunks: chunks)
    }
}
