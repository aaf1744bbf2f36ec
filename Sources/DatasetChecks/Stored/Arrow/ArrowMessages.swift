import DatasetFiles
import DatasetFormats

/// The messages of a file of Arrow's IPC format, one behind the other.
struct ArrowMessages {
    /// A message.
    struct Message {
        let header: ArrowMessage.Header
        /// What it tells.
        let table: FlatReader
        let body: [UInt8]
        let place: ArrowPlace
    }

    private let file: StoredFile
    private var position = Int64(ArrowFile.start.count)

    /// Bytes of metadata and of a body that no file of a dataset has.
    private static let (headLimit, bodyLimit): (Int64, Int64) = (1 << 28, 1 << 33)

    /// The messages of an open file.
    init(_ file: StoredFile) throws(StoredFailure) {
        self.file = file
        let ends = (Int64(ArrowFile.start.count), Int64(ArrowFile.magic.count))
        guard file.size >= ends.0 + ends.1, try file.wholeBytes(0..<ends.0) == ArrowFile.start,
            try file.wholeBytes(file.size - ends.1..<file.size) == ArrowFile.magic
        else { throw .damage("it does not begin and end as a file of Arrow") }
    }

    /// Reads the next message; nil at the stream's end.
    mutating func next() throws(StoredFailure) -> Message? {
        let start = position
        let mark = try file.wholeBytes(start..<start + 8)
        guard mark.starts(with: ArrowMessage.mark) else {
            throw .damage("it has no message where one should be, at byte \(start)")
        }
        let length = mark[4...].reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
        position += 8
        if length == 0 { return nil }
        guard length <= min(Self.headLimit, file.size - position) else { throw Self.unreadable(start) }
        let metadata = try file.wholeBytes(position..<position + length)
        position += length
        guard let message = FlatReader(metadata), message.number(0, Int16.self) == ArrowMessage.version,
            let header = ArrowMessage.Header(rawValue: message.number(1)), let table = message.table(2)
        else { throw Self.unreadable(start) }
        let bodyLength = message.number(3, Int64.self)
        guard (0...min(Self.bodyLimit, file.size - position)).contains(bodyLength) else { throw Self.unreadable(start) }
        let body = try file.wholeBytes(position..<position + bodyLength)
        position += bodyLength
        let place = ArrowPlace(offset: start, headLength: 8 + length, bodyLength: bodyLength)
        return Message(header: header, table: table, body: body, place: place)
    }

    private static func unreadable(_ start: Int64) -> StoredFailure {
        .damage("it has a message that cannot be read, at byte \(start)")
    }

    /// Compares the footer, which stands behind the stream's end, with what has been read.
    func checkFooter(
        _ columns: [ArrowColumn],
        dictionaries: [ArrowPlace],
        batches: [ArrowPlace]
    ) throws(StoredFailure) {
        let (place, footer) = try readFooter()
        guard place == position, footer.number(0, Int16.self) == ArrowMessage.version,
            let schema = footer.table(1).flatMap({ [ArrowColumn](schema: $0) })
        else { throw Self.unreadableFooter }
        guard schema == columns else { throw .damage("its footer tells of other columns than its stream") }
        func places(_ field: Int) -> [ArrowPlace] {
            let numbers = footer.numbers(field, each: 3) ?? []
            return stride(from: 0, to: numbers.count, by: 3)
                .map { ArrowPlace(offset: numbers[$0], headLength: numbers[$0 + 1], bodyLength: numbers[$0 + 2]) }
        }
        guard places(2) == dictionaries else { throw .damage("its footer tells of other dictionaries than there are") }
        guard places(3) == batches else { throw .damage("its footer tells of other record batches than there are") }
        let entries = try self.entries()
        let expected = ArrowFile.end(columns, dictionaries: dictionaries, batches: batches, entries: entries)
        guard try file.wholeBytes(position - Int64(ArrowMessage.end.count)..<file.size) == expected else {
            throw .damage("its footer is written differently")
        }
    }

    /// What the footer says of the dataset, which is at the end of any file.
    func entries() throws(StoredFailure) -> [(key: String, value: String)] {
        guard let entries = try readFooter().table.tables(4) else { throw Self.unreadableFooter }
        return entries.map { ($0.text(0) ?? "", $0.text(1) ?? "") }
    }

    /// Where the footer begins by its length, which stands behind it, and what it is.
    private func readFooter() throws(StoredFailure) -> (place: Int64, table: FlatReader) {
        let end = file.size - Int64(ArrowFile.magic.count) - 4
        guard end >= 0 else { throw Self.unreadableFooter }
        let length = try file.wholeBytes(end..<end + 4).reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard length <= min(end, Self.headLimit), let table = FlatReader(try file.wholeBytes(end - length..<end)) else {
            throw Self.unreadableFooter
        }
        return (end - length, table)
    }

    private static var unreadableFooter: StoredFailure { .damage("its footer cannot be read") }
}

extension [ArrowColumn] {
    /// The columns of a stored schema; nil if there are others than files of readings have.
    init?(schema: FlatReader) {
        // Little-endian.
        guard schema.number(0, Int16.self) == 0, let fields = schema.tables(1) else { return nil }
        let columns = fields.enumerated().compactMap { ArrowColumn($1, number: $0) }
        guard columns.count == fields.count else { return nil }
        self = columns
    }
}
