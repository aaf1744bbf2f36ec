public import DatasetGen

/// Turns readings into rows of text; each worker has its own.
public protocol RowEncoder: Sendable {
    /// What the file begins with.
    var header: [UInt8] { get }

    /// What is known of all rows, for whoever compresses them.
    var layout: RowLayout { get }

    /// Whether it can mark rows as the layout describes them.
    var isMarked: Bool { get }

    /// The rows that a reading of a sensor has, unless it is omitted.
    func rowCount(ofSensor sensor: Int) -> Int

    /// Appends the rows of some readings.
    mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer)

    /// Appends the rows of some readings, and marks them; the buffer is empty.
    mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer, marking rows: inout RowMarks)
}

extension RowEncoder {
    /// Yes.
    public var isMarked: Bool { true }

    /// One.
    public func rowCount(ofSensor sensor: Int) -> Int { 1 }

    /// Appends the rows of a block.
    public mutating func encode(_ block: borrowing ReadingBlock, into buffer: inout ByteBuffer) {
        encode(block.slice, into: &buffer)
    }

    /// Appends the rows of a block, and marks them; the buffer is empty.
    public mutating func encode(
        _ block: borrowing ReadingBlock,
        into buffer: inout ByteBuffer,
        marking rows: inout RowMarks
    ) {
        encode(block.slice, into: &buffer, marking: &rows)
    }
}
