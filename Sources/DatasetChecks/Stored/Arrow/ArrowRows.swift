import DatasetFiles
import DatasetFormats
import DatasetGen

/// The rows of a file of Arrow's IPC format.
struct ArrowRows: StoredColumns {
    /// The texts of a column's dictionary as fields of rows for PostgreSQL.
    private struct Texts {
        var fields: [UInt8] = []
        var ends: [Int] = []

        subscript(_ index: Int) -> ArraySlice<UInt8> { fields[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }
    }

    private let file: StoredFile
    /// What the columns should be; nil to check the file by itself.
    private let wanted: [ArrowColumn]?
    private var storages: [PGType]
    private var messages: ArrowMessages?
    private var columns: [ArrowColumn] = []
    private var texts: [Texts] = []
    private var (dictionaries, batches): ([ArrowPlace], [ArrowPlace]) = ([], [])
    private var batch: ArrowBatch?
    private var nextRow = 0

    /// Rows at a time.
    private static let rowsAtATime = 2_048

    /// Reads the columns of an output from an open file.
    init(_ file: StoredFile, _ columns: [Column], _ timestamps: TimestampStyle) {
        self.file = file
        wanted = columns.map { ArrowColumn($0, timestamps) }
        storages = columns.map { CopyColumn($0).storage }
    }

    /// Reads all columns of an open file, whatever they should be, to check it by itself.
    init(checking file: StoredFile) {
        (self.file, wanted, storages) = (file, nil, [])
    }

    mutating func open() throws(StoredFailure) {
        var messages = try ArrowMessages(file)
        guard let first = try messages.next(), first.header == .schema,
            let columns = [ArrowColumn](schema: first.table)
        else { throw .damage("it does not begin with the columns of readings") }
        if let wanted { try Self.check(columns, wanted) } else { storages = columns.map { Self.storage(of: $0) } }
        self.columns = columns
        texts = columns.map { _ in Texts() }
        for (number, column) in columns.enumerated() {
            guard case .texts(_, let isLarge) = column.storage else { continue }
            guard let message = try messages.next(), message.header == .dictionaryBatch,
                message.table.number(0, Int64.self) == Int64(number), let table = message.table.table(1)
            else { throw .damage("it lacks the texts of its column \(column.name)") }
            texts[number] = try Self.texts(of: column, table, message.body, offsetBytes: isLarge ? 8 : 4)
            dictionaries.append(message.place)
        }
        self.messages = messages
    }

    private static func check(_ columns: [ArrowColumn], _ wanted: [ArrowColumn]) throws(StoredFailure) {
        guard columns.map(\.name) == wanted.map(\.name) else {
            throw .damage("it has the columns \(Excerpt.text(columns.map(\.name).joined(separator: ", ")))")
        }
        if let strange = zip(columns, wanted).first(where: { !$0.isLike($1) }) {
            throw .damage("its column \(strange.0.name) has another type than it should")
        }
    }

    private static func texts(
        of column: ArrowColumn,
        _ table: FlatReader,
        _ body: [UInt8],
        offsetBytes: Int
    ) throws(StoredFailure) -> Texts {
        let batch = try ArrowBatch(table, body, bufferCounts: [2])
        let (offsets, bytes) = (batch.chunks[0].buffers[0], batch.chunks[0].buffers[1])
        let failure = StoredFailure.damage("the texts of its column \(column.name) cannot be read")
        guard offsets.count == (batch.rowCount + 1) * offsetBytes, batch.chunks[0].validity == nil else {
            throw failure
        }
        var texts = Texts()
        for index in 0..<batch.rowCount {
            let place = offsets.lowerBound + index * offsetBytes
            let start = batch.number(place, bytes: offsetBytes)
            let end = batch.number(place + offsetBytes, bytes: offsetBytes)
            guard start >= 0, start <= end, end <= bytes.count else { throw failure }
            texts.fields.append(field: Array(body[bytes.lowerBound + Int(start)..<bytes.lowerBound + Int(end)]))
            texts.ends.append(texts.fields.count)
        }
        return texts
    }

    private static func storage(of column: ArrowColumn) -> PGType {
        switch column.storage {
        case .int8: .smallint
        case .int64: .bigint
        case .float64: .double
        case .time: .timestamptz
        case .texts: .text
        }
    }

    mutating func readRows(into text: inout ByteBuffer) throws(StoredFailure) -> Bool {
        while nextRow == batch?.rowCount ?? 0 { if try !advance() { return false } }
        guard let batch else { return false }
        let end = min(nextRow + Self.rowsAtATime, batch.rowCount)
        text.append(try fields(batch, nextRow..<end))
        nextRow = end
        return true
    }

    /// Reads the next record batch; false behind the last, where the footer is compared.
    private mutating func advance() throws(StoredFailure) -> Bool {
        guard let message = try messages?.next() else {
            try messages?.checkFooter(columns, dictionaries: dictionaries, batches: batches)
            return false
        }
        guard message.header == .recordBatch else { throw .damage("it has a message that is no record batch") }
        let found = try ArrowBatch(message.table, message.body, bufferCounts: columns.map { _ in 1 })
        for (column, chunk) in zip(columns, found.chunks) {
            guard chunk.buffers[0].count == found.rowCount * column.width, chunk.validity == nil || column.isNullable
            else { throw .damage("it has a record batch whose column \(column.name) cannot be read") }
        }
        batch = found
        batches.append(message.place)
        nextRow = 0
        return true
    }

    private func fields(_ batch: ArrowBatch, _ rows: Range<Int>) throws(StoredFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            bytes.append(bigEndian: UInt16(truncatingIfNeeded: columns.count))
            for (index, column) in columns.enumerated() {
                guard batch.hasValue(index, row) else {
                    bytes.appendNullField()
                    continue
                }
                let place = batch.chunks[index].buffers[0].lowerBound + row * column.width
                let number = batch.number(place, bytes: column.width)
                guard column.storage.isText else {
                    bytes.append(field: number, as: storages[index])
                    continue
                }
                guard (0..<Int64(texts[index].ends.count)).contains(number) else {
                    throw .damage("its column \(column.name) refers to a text that there is not")
                }
                bytes += texts[index][Int(number)]
            }
        }
        return bytes
    }
}
