import DatasetFiles
import DatasetFormats
import DatasetGen

/// The values of one column of a row group as text, a page at a time.
struct ParquetRecordingColumn {
    private let file: StoredFile
    private let column: ParquetRecordingSchema.Column
    private let chunk: ParquetRecordingSchema.Chunk
    private var position: Int64
    private var valuesLeft: Int64
    private var dictionary: ParquetRecordingValues?
    /// The page at hand: its values, which of them each row has, and the next row.
    private var values: ParquetRecordingValues
    private var places: [UInt32]?
    private var present: [UInt32]?
    private var (rowCount, nextRow, nextValue) = (0, 0, 0)

    /// Bytes of a page, and of its header, that no file of readings needs.
    private static let (pageLimit, headLimit): (Int64, Int64) = (1 << 28, 1 << 20)

    init(_ file: StoredFile, _ column: ParquetRecordingSchema.Column, _ chunk: ParquetRecordingSchema.Chunk) {
        (self.file, self.column, self.chunk) = (file, column, chunk)
        (position, valuesLeft) = (chunk.bytes.lowerBound, chunk.valueCount)
        values = ParquetRecordingValues(column.type)
    }

    private func damage(_ text: String) -> StoredFailure { .damage("has a column \(column.name.quoted) \(text)") }

    /// Appends the field of the next row; nothing between commas is NULL.
    mutating func appendNext(to text: inout CSVFields) throws(StoredFailure) {
        while nextRow == rowCount { try readPage() }
        defer { nextRow += 1 }
        if let present, present[nextRow] == 0 { return text.append(plain: []) }
        let place = places.map { Int($0[nextValue]) } ?? nextValue
        nextValue += 1
        let field = (places == nil ? values : dictionary ?? values).field(place)
        if column.type.isText { text.append(field) } else { text.append(plain: field) }
    }

    private mutating func readPage() throws(StoredFailure) {
        let start = position
        guard valuesLeft > 0, start < chunk.bytes.upperBound else { throw damage("with fewer values than rows") }
        let head = try file.wholeBytes(start..<min(start + Self.headLimit, chunk.bytes.upperBound))
        var length = 0
        guard let header = ThriftValue.structure(in: head.span, at: &length), let type = header[1]?.number,
            let size = header[2]?.number, let stored = header[3]?.number, (0...Self.pageLimit).contains(size),
            stored >= 0, stored <= chunk.bytes.upperBound - start - Int64(length)
        else { throw damage("of which a page cannot be read, at byte \(start)") }
        let body = try file.wholeBytes(start + Int64(length)..<start + Int64(length) + stored)
        position = start + Int64(length) + stored
        switch type {
        case 0: try readData(header[5], try content(body, Int(size), start), start)
        case 2: try readDictionary(header[7], try content(body, Int(size), start), start)
        case 3: try readSecondData(header[8], body, Int(size), start)
        default: return
        }
    }

    private func content(_ body: [UInt8], _ size: Int, _ start: Int64) throws(StoredFailure) -> [UInt8] {
        try ParquetPageContent.content(of: body, codec: chunk.codec, size: size, in: file.path) { problem in
            damage("with a page that \(problem), at byte \(start)")
        }
    }

    private mutating func readDictionary(
        _ header: ThriftValue?,
        _ content: [UInt8],
        _ start: Int64
    ) throws(StoredFailure) {
        var read = ParquetRecordingValues(column.type)
        guard let count = header?[1]?.number, (0...Int64(content.count)).contains(count),
            read.append(content.span, from: 0, encoding: 0, count: Int(count))
        else { throw damage((read.problem ?? "whose dictionary cannot be read") + ", at byte \(start)") }
        dictionary = read
    }

    /// A page of the first kind: levels and values are compressed together.
    private mutating func readData(
        _ header: ThriftValue?,
        _ content: [UInt8],
        _ start: Int64
    ) throws(StoredFailure) {
        guard let count = header?[1]?.number, (0...valuesLeft).contains(count), let encoding = header?[2]?.number else {
            throw damage("of which a page cannot be read, at byte \(start)")
        }
        var (place, levels): (Int, [UInt32]?) = (0, nil)
        if column.isOptional {
            let length = content.count < 4 ? Int.max : content.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length <= content.count - 4, header?[3]?.number == 3 else {
                throw damage("whose NULLs cannot be read, at byte \(start)")
            }
            levels = ParquetDecoding.hybrid(
                content.span.extracting(0..<4 + length),
                from: 4,
                width: 1,
                count: Int(count)
            )
            place = 4 + length
            if levels == nil { throw damage("whose NULLs cannot be read, at byte \(start)") }
        }
        try take(content, from: place, encoding, levels, Int(count), start)
    }

    /// A page of the second kind: levels stand before what is compressed.
    private mutating func readSecondData(
        _ header: ThriftValue?,
        _ body: [UInt8],
        _ size: Int,
        _ start: Int64
    ) throws(StoredFailure) {
        guard let header, let count = header[1]?.number, (0...valuesLeft).contains(count),
            let encoding = header[4]?.number, let levelBytes = header[5]?.number, levelBytes >= 0,
            header[6]?.number ?? 0 == 0, levelBytes <= min(body.count, size)
        else { throw damage("of which a page cannot be read, at byte \(start)") }
        let split = Int(levelBytes)
        var levels: [UInt32]?
        if column.isOptional {
            levels = ParquetDecoding.hybrid(
                body.span.extracting(0..<split),
                from: 0,
                width: 1,
                count: Int(count)
            )
            if levels == nil { throw damage("whose NULLs cannot be read, at byte \(start)") }
        }
        let rest = Array(body[split...])
        let values = header[7]?.flag == false ? rest : try content(rest, size - split, start)
        try take(values, from: 0, encoding, levels, Int(count), start)
    }

    private mutating func take(
        _ content: [UInt8],
        from place: Int,
        _ encoding: Int64,
        _ levels: [UInt32]?,
        _ count: Int,
        _ start: Int64
    ) throws(StoredFailure) {
        let known = levels.map { $0.reduce(0) { $0 + Int($1) } } ?? count
        (places, present) = (nil, levels)
        (rowCount, nextRow, nextValue) = (count, 0, 0)
        valuesLeft -= Int64(count)
        if encoding == 2 || encoding == 8 {
            guard known > 0 else { return }
            let limit = dictionary?.count ?? 0
            guard place < content.count,
                let found = ParquetDecoding.hybrid(
                    content.span,
                    from: place + 1,
                    width: Int(content[place]),
                    count: known
                ), found.allSatisfy({ Int($0) < limit })
            else { throw damage("of which a page cannot be read, at byte \(start)") }
            places = found
            return
        }
        values = ParquetRecordingValues(column.type)
        guard values.append(content.span, from: place, encoding: encoding, count: known) else {
            throw damage((values.problem ?? "of which a page cannot be read") + ", at byte \(start)")
        }
    }
}
