import DatasetFiles
import DatasetFormats
import DatasetGen

/// The footer of a Parquet file: its columns, and where the values of each row group stand.
struct ParquetMetadata {
    /// What is known of the values of a column in a row group.
    struct Chunk {
        let codec: Int64
        let valueCount: Int64
        /// Where its first page begins, and the last one ends.
        let bytes: Range<Int64>
        let dataOffset: Int64
        let dictionaryOffset: Int64?
        /// Least and greatest value, as encoding PLAIN has them without lengths; nil where not told.
        let (minimum, maximum): ([UInt8]?, [UInt8]?)
        let nullCount: Int64?
        /// Where its parts of the page index stand.
        let (columnIndex, offsetIndex): (Range<Int64>?, Range<Int64>?)
    }

    struct RowGroup {
        let rowCount: Int64
        let chunks: [Chunk]
    }

    let columns: [ParquetColumn]
    private(set) var groups: [RowGroup] = []
    let rowCount: Int64
    /// What the file says of itself.
    let entries: [(key: String, value: String)]

    /// Bytes of a footer that no file of a dataset has.
    private static let footerLimit: Int64 = 1 << 30

    /// Reads the footer of an open file.
    init(_ file: StoredFile) throws(StoredFailure) {
        let ends = Int64(ParquetFile.magic.count)
        guard file.size >= 3 * ends else { throw .damage("it is too short to be Parquet") }
        let tail = try file.wholeBytes(file.size - 2 * ends..<file.size)
        guard try file.wholeBytes(0..<ends) == ParquetFile.magic, Array(tail.suffix(4)) == ParquetFile.magic else {
            throw .damage("it does not begin and end as Parquet")
        }
        let length = tail.prefix(4).reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard length <= min(file.size - 3 * ends, Self.footerLimit) else {
            throw .damage("its footer would have \(length.grouped(of: "byte"))")
        }
        let end = file.size - 2 * ends
        let bytes = try file.wholeBytes(end - length..<end)
        var position = 0
        guard let footer = ThriftValue.structure(in: bytes.span, at: &position), position == bytes.count,
            let elements = footer[2]?.list, let rows = footer[3]?.number, let stored = footer[4]?.list
        else { throw .damage("its footer cannot be read") }
        columns = try elements.dropFirst().map { element throws(StoredFailure) in try Self.column(element) }
        rowCount = rows
        entries = (footer[5]?.list ?? [])
            .map { entry in
                let texts = [entry[1], entry[2]].map { String(decoding: $0?.bytes ?? [], as: UTF8.self) }
                return (texts[0], texts[1])
            }
        for group in stored { groups.append(try Self.group(group, columns, dataEnd: end - length)) }
        guard groups.reduce(0, { $0 &+ $1.rowCount }) == rows else {
            throw .damage("its row groups have not the \(rows.grouped(of: "row")) that its footer tells")
        }
    }

    private static func column(_ element: ThriftValue) throws(StoredFailure) -> ParquetColumn {
        guard let name = element[4]?.bytes.map({ String(decoding: $0, as: UTF8.self) }), let kind = element[1]?.number,
            let type = ParquetType(rawValue: Int(clamping: kind)), let repetition = element[3]?.number, repetition <= 1
        else { throw .damage("it has a column that no file of readings has") }
        let meaning: ParquetColumn.Meaning =
            if element[10]?[1] != nil {
                .text
            } else if let isUTC = element[10]?[8]?[1]?.flag {
                .time(isUTC: isUTC)
            } else {
                .none
            }
        return ParquetColumn(name, type, meaning, isOptional: repetition == 1)
    }

    private static func group(
        _ group: ThriftValue,
        _ columns: [ParquetColumn],
        dataEnd: Int64
    ) throws(StoredFailure) -> RowGroup {
        guard let stored = group[1]?.list, let rowCount = group[3]?.number, rowCount >= 0, stored.count == columns.count
        else { throw .damage("a row group of its footer cannot be read") }
        var chunks: [Chunk] = []
        for chunk in stored {
            guard let data = chunk[3], let codec = data[4]?.number, let valueCount = data[5]?.number,
                let size = data[7]?.number, let dataOffset = data[9]?.number
            else { throw .damage("a column of a row group of its footer cannot be read") }
            let start = data[11]?.number ?? dataOffset
            guard start >= 4, dataOffset >= start, size >= 0, dataOffset - start <= size, size <= dataEnd - start else {
                throw .damage("a column of its footer lies outside of it")
            }
            func range(_ offset: Int, _ length: Int) -> Range<Int64>? {
                guard let begin = chunk[offset]?.number, let count = chunk[length]?.number, begin >= 4, count >= 0,
                    begin <= dataEnd, count <= dataEnd - begin
                else { return nil }
                return begin..<begin + count
            }
            chunks.append(
                Chunk(
                    codec: codec,
                    valueCount: valueCount,
                    bytes: start..<start + size,
                    dataOffset: dataOffset,
                    dictionaryOffset: data[11]?.number,
                    minimum: data[12]?[6]?.bytes,
                    maximum: data[12]?[5]?.bytes,
                    nullCount: data[12]?[3]?.number,
                    columnIndex: range(6, 7),
                    offsetIndex: range(4, 5)
                )
            )
        }
        return RowGroup(rowCount: rowCount, chunks: chunks)
    }

    /// In what the columns differ from those that the file should have; nil if in nothing.
    func problem(ofColumns wanted: [ParquetColumn]) -> String? {
        guard columns.map(\.name) == wanted.map(\.name) else {
            return "it has the columns \(Excerpt.text(columns.map(\.name).joined(separator: ", ")))"
        }
        let strange = zip(columns, wanted)
            .first { column, other in
                column.type != other.type || column.isOptional != other.isOptional || column.meaning != other.meaning
            }
        return strange.map { "its column \($0.0.name) has another type than it should" }
    }
}
