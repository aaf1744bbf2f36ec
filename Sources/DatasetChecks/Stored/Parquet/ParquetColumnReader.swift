import DatasetFiles
import DatasetFormats
import DatasetGen

/// Reads the values of one column of a row group, a page at a time, and checks what is told of them.
final class ParquetColumnReader {
    /// The fields of the page at hand: where each lies in ``fields``, nil for NULL.
    private(set) var rows: [Range<Int>?] = []
    /// The bytes of the fields.
    private(set) var bytes: [UInt8] = []
    /// The next row of the page.
    var next = 0

    private let file: StoredFile
    private let chunk: ParquetMetadata.Chunk
    private let column: ParquetColumn
    private let codec: ParquetCodec
    private let storage: PGType
    private var dictionary: ParquetFields?
    private var position: Int64
    /// What the page index says, and the number of the next page of data.
    private let (index, locations): (ThriftValue?, [ThriftValue])
    private var page = 0
    private var bounds = ParquetBounds()
    private var rowCount: Int64 = 0

    /// Bytes of a page that no file of a dataset has, and of its header.
    private static let (pageLimit, headLimit): (Int64, Int64) = (1 << 28, 1 << 16)

    init(
        _ file: StoredFile,
        _ chunk: ParquetMetadata.Chunk,
        _ column: ParquetColumn,
        _ storage: PGType
    ) throws(StoredFailure) {
        (self.file, self.chunk, self.column, self.storage) = (file, chunk, column, storage)
        position = chunk.bytes.lowerBound
        guard let codec = ParquetCodec(rawValue: Int(clamping: chunk.codec)) else {
            throw .damage("its column \(column.name) is compressed in a way that no dataset's is")
        }
        self.codec = codec
        index = try Self.structure(file, chunk.columnIndex)
        locations = try Self.structure(file, chunk.offsetIndex)?[1]?.list ?? []
        guard index != nil, !locations.isEmpty || chunk.valueCount == 0 else {
            throw .damage("its page index lacks the column \(column.name)")
        }
    }

    private static func structure(_ file: StoredFile, _ range: Range<Int64>?) throws(StoredFailure) -> ThriftValue? {
        guard let range, range.count <= pageLimit else { return nil }
        let bytes = try file.wholeBytes(range)
        var position = 0
        return ThriftValue.structure(in: bytes.span, at: &position)
    }

    private func damage(_ text: String) -> StoredFailure { .damage("its column \(column.name) \(text)") }

    /// Reads the next page of data; false behind the last.
    func advance() throws(StoredFailure) -> Bool {
        (rows, next) = ([], 0)
        while rows.isEmpty {
            guard position < chunk.bytes.upperBound else {
                try finish()
                return false
            }
            try readPage()
        }
        return true
    }

    private func readPage() throws(StoredFailure) {
        let start = position
        let head = try file.wholeBytes(start..<min(start + Self.headLimit, chunk.bytes.upperBound))
        var length = 0
        guard let header = ThriftValue.structure(in: head.span, at: &length), let type = header[1]?.number,
            let size = header[2]?.number, let stored = header[3]?.number, (0...Self.pageLimit).contains(size),
            stored >= 0, stored <= chunk.bytes.upperBound - start - Int64(length)
        else { throw damage("has a page whose header cannot be read") }
        let body = try file.wholeBytes(start + Int64(length)..<start + Int64(length) + stored)
        position = start + Int64(length) + stored
        if let crc = header[4]?.number {
            guard UInt32(truncatingIfNeeded: crc) == TextChecksum(ByteBuffer(body)).crc else {
                throw damage("has a page whose checksum is wrong, at byte \(start)")
            }
        }
        let content = try ParquetPageContent.content(
            of: body,
            codec: Int64(codec.rawValue),
            size: Int(size),
            in: file.path
        ) { damage("has a page that \($0)") }
        switch ParquetPageType(rawValue: Int(type)) {
        case .dictionary: try readDictionary(header[7], content)
        case .data: try readData(header[5], content, at: start)
        case nil: throw damage("has a page of a kind that no dataset's file has")
        }
    }

    private func readDictionary(_ header: ThriftValue?, _ content: [UInt8]) throws(StoredFailure) {
        var fields = ParquetFields(column.type, storage)
        guard let count = header?[1]?.number, (0...Int64(content.count)).contains(count), dictionary == nil, page == 0,
            fields.append(plain: content.span, from: 0, count: Int(count))
        else { throw damage("has a dictionary that cannot be read") }
        dictionary = fields
        bytes = fields.bytes
    }

    private func readData(_ header: ThriftValue?, _ content: [UInt8], at start: Int64) throws(StoredFailure) {
        guard let count = header?[1]?.number, (1...chunk.valueCount).contains(count), let encoding = header?[2]?.number
        else { throw damage("has a page whose header cannot be read") }
        var (place, present): (Int, [UInt32]?) = (0, nil)
        if column.isOptional {
            let length = content.count < 4 ? Int.max : content.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length <= content.count - 4,
                let levels = ParquetDecoding.hybrid(
                    content.span.extracting(0..<4 + length),
                    from: 4,
                    width: 1,
                    count: Int(count)
                )
            else { throw damage("has a page whose levels cannot be read") }
            (place, present) = (4 + length, levels)
        }
        let valueCount = present.map { $0.reduce(0) { $0 + Int($1) } } ?? Int(count)
        var fields = ParquetFields(column.type, storage)
        var isRead = false
        var indices: [UInt32]?
        switch ParquetEncoding(rawValue: Int(encoding)) {
        case .plain: isRead = fields.append(plain: content.span, from: place, count: valueCount)
        case .deltaBinaryPacked where column.type == .int64:
            if let numbers = ParquetDecoding.deltas(content.span, at: &place, count: valueCount) {
                fields.append(numbers)
                isRead = true
            }
        case .rleDictionary, .plainDictionary:
            guard let dictionary, place < content.count else { break }
            indices = ParquetDecoding.hybrid(
                content.span,
                from: place + 1,
                width: Int(content[place]),
                count: valueCount
            )
            isRead = indices?.allSatisfy { Int($0) < dictionary.ranges.count } ?? false
        default: break
        }
        guard isRead else { throw damage("has a page that cannot be read, at byte \(start)") }
        if indices == nil { bytes = fields.bytes }
        let known = (indices == nil ? fields : dictionary ?? fields)
        if indices != nil { bytes = known.bytes }
        var index = 0
        func nextRange() -> Range<Int> {
            defer { index += 1 }
            return known.ranges[indices.map { Int($0[index]) } ?? index]
        }
        rows = present.map { $0.map { $0 == 1 ? nextRange() : nil } } ?? (0..<Int(count)).map { _ in nextRange() }
        try check(known, indices, nullCount: Int(count) - valueCount, at: start)
        rowCount += count
        page += 1
    }

    /// Compares what the page index says of a page with its values.
    private func check(
        _ fields: ParquetFields,
        _ indices: [UInt32]?,
        nullCount: Int,
        at start: Int64
    ) throws(StoredFailure) {
        let found = ParquetBounds(fields, indices, nullCount: nullCount)
        func entry(_ field: Int) -> ThriftValue? {
            guard let list = index?[field]?.list, page < list.count else { return nil }
            return list[page]
        }
        guard page < locations.count, locations[page][1]?.number == start,
            locations[page][2]?.number == position - start, locations[page][3]?.number == rowCount,
            entry(1)?.flag == (found.minimum == nil), entry(5)?.number == Int64(nullCount),
            found.minimum == nil || found.isTold(by: entry(2)?.bytes, entry(3)?.bytes, fields)
        else { throw damage("has a page that is not as the page index says, at byte \(start)") }
        bounds.merge(found, fields)
    }

    /// Compares what the footer says of all values with them.
    private func finish() throws(StoredFailure) {
        let fields = ParquetFields(column.type, storage)
        let isTold =
            bounds.minimum == nil
            ? chunk.minimum == nil && chunk.maximum == nil
            : bounds.isTold(by: chunk.minimum, chunk.maximum, fields)
        guard rowCount == chunk.valueCount, Int64(bounds.nullCount) == chunk.nullCount, isTold, page == locations.count
        else { throw damage("has other values than the statistics of its row group say") }
    }
}

/// The least and the greatest value of some.
struct ParquetBounds {
    private(set) var (minimum, maximum): ([UInt8]?, [UInt8]?) = (nil, nil)
    private(set) var nullCount = 0

    /// Of no values.
    init() {}

    /// Of some of a column's values, all unless stated.
    init(_ fields: ParquetFields, _ indices: [UInt32]?, nullCount: Int) {
        self.nullCount = nullCount
        if let indices {
            // Each value of the dictionary once, however often it is there.
            var isSeen = [Bool](repeating: false, count: fields.values.count)
            for index in indices where !isSeen[Int(index)] {
                isSeen[Int(index)] = true
                widen(to: fields.values[Int(index)], fields)
            }
        } else {
            for value in fields.values { widen(to: value, fields) }
        }
    }

    mutating func merge(_ other: ParquetBounds, _ fields: ParquetFields) {
        nullCount += other.nullCount
        if let minimum = other.minimum { widen(to: minimum, fields) }
        if let maximum = other.maximum { widen(to: maximum, fields) }
    }

    private mutating func widen(to value: [UInt8], _ fields: ParquetFields) {
        if minimum.map({ fields.isLess(value, $0) }) ?? true { minimum = value }
        if maximum.map({ fields.isLess($0, value) }) ?? true { maximum = value }
    }

    /// Whether these are the bounds that a file tells.
    func isTold(by lower: [UInt8]?, _ upper: [UInt8]?, _ fields: ParquetFields) -> Bool {
        guard let lower, let upper, let minimum, let maximum else { return false }
        return !fields.isLess(lower, minimum) && !fields.isLess(minimum, lower) && !fields.isLess(upper, maximum)
            && !fields.isLess(maximum, upper)
    }
}
