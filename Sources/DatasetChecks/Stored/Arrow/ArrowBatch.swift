import DatasetFormats

/// The columns of a record batch, or of a dictionary, in the body of its message.
struct ArrowBatch {
    /// Where a column is.
    struct Chunk {
        /// Where the bits of its values are that are there; nil where all are.
        let validity: Range<Int>?
        /// Where its other buffers are.
        let buffers: [Range<Int>]
    }

    let rowCount: Int
    let body: [UInt8]
    let chunks: [Chunk]

    /// Rows of a batch or of a dictionary that no file has.
    private static let rowLimit: Int64 = 1 << 31

    /// - Parameters:
    ///   - table: the table RecordBatch.
    ///   - body: the body of its message.
    ///   - bufferCounts: by column, how many buffers it has besides the bits of what is there.
    /// - Throws: the predicate of a sentence about the file, where it is not what batches of readings are.
    init(_ table: FlatReader, _ body: [UInt8], bufferCounts: [Int]) throws(StoredFailure) {
        let rows = table.number(0, Int64.self)
        guard (0...Self.rowLimit).contains(rows), let nodes = table.numbers(1, each: 2),
            let places = table.numbers(2, each: 2), nodes.count == 2 * bufferCounts.count,
            places.count == 2 * (bufferCounts.count + bufferCounts.reduce(0, +)), table.table(3) == nil
        else { throw .damage("it has a record batch that cannot be read") }
        var ranges: [Range<Int>] = []
        for place in stride(from: 0, to: places.count, by: 2) {
            let (offset, length) = (places[place], places[place + 1])
            guard offset >= 0, length >= 0, offset <= body.count, length <= Int64(body.count) - offset else {
                throw .damage("it has a record batch whose buffers lie outside of it")
            }
            ranges.append(Int(offset)..<Int(offset + length))
        }
        (rowCount, self.body) = (Int(rows), body)
        var chunks: [Chunk] = []
        for (column, count) in bufferCounts.enumerated() {
            let (bits, buffers) = (ranges[0], Array(ranges[1...count]))
            ranges.removeFirst(count + 1)
            let nullCount = nodes[2 * column + 1]
            guard nodes[2 * column] == rows, nullCount >= 0, bits.count == (nullCount == 0 ? 0 : (rowCount + 7) / 8)
            else { throw .damage("it has a record batch whose columns are not as long as it is") }
            let validity = nullCount == 0 ? nil : bits
            if let validity {
                let found = (0..<rowCount).count { !Self.bit($0, of: body, at: validity.lowerBound) }
                guard Int64(found) == nullCount else {
                    throw .damage("it has a record batch that tells another number of NULLs than it has")
                }
            }
            chunks.append(Chunk(validity: validity, buffers: buffers))
        }
        self.chunks = chunks
    }

    private static func bit(_ row: Int, of bytes: [UInt8], at start: Int) -> Bool {
        bytes[start + row / 8] >> UInt8(row % 8) & 1 == 1
    }

    /// Whether a column has a value in a row.
    func hasValue(_ column: Int, _ row: Int) -> Bool {
        chunks[column].validity.map { Self.bit(row, of: body, at: $0.lowerBound) } ?? true
    }

    /// A number of some bytes, with its sign.
    func number(_ place: Int, bytes: Int) -> Int64 {
        var value: UInt64 = 0
        for index in 0..<bytes { value |= UInt64(body[place + index]) << UInt64(8 * index) }
        return Int64(bitPattern: value << UInt64(64 - 8 * bytes)) >> Int64(64 - 8 * bytes)
    }
}
