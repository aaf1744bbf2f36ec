/// Turns blocks of readings into the text of one format; each worker has its own.
protocol BlockEncoder: Sendable {
    /// What the file begins with.
    var header: [UInt8] { get }

    /// What is known of all rows.
    var layout: RowLayout { get }

    /// Appends the rows of a block.
    mutating func encode(_ block: borrowing ReadingBlock, into buffer: inout ByteBuffer)

    /// Appends the rows of a block, and marks them; the buffer is empty.
    mutating func encode(_ block: borrowing ReadingBlock, into buffer: inout ByteBuffer, marking rows: inout RowMarks)
}
