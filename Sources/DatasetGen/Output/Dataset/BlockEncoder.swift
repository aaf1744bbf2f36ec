/// Turns blocks of readings into the text of one format; each worker has its own.
protocol BlockEncoder {
    /// What the file begins with.
    var header: [UInt8] { get }

    /// Appends the rows of a block.
    mutating func encode(_ block: borrowing ReadingBlock, into buffer: inout ByteBuffer)
}
