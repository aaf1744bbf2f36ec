public import DatasetGen

/// Turns readings into rows of text; each worker has its own.
public protocol RowEncoder: Sendable {
    /// What the file begins with.
    var header: [UInt8] { get }

    /// What the file ends with.
    var trailer: [UInt8] { get }

    /// What is known of all rows, for whoever compresses them.
    var layout: RowLayout { get }

    /// Whether it can mark rows as the layout describes them.
    var isMarked: Bool { get }

    /// Whether readings may have no row that have one in other formats, so that its rows have to be counted.
    var leavesOutReadings: Bool { get }

    /// The rows that one of some readings has.
    func rowCount(ofReading index: Int, of readings: ReadingSlice) -> Int

    /// Appends the rows of some readings.
    mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer)

    /// Appends the rows of some readings, and marks them; the buffer is empty.
    mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer, marking rows: inout RowMarks)
}

extension RowEncoder {
    /// Yes.
    public var isMarked: Bool { true }

    /// Nothing.
    public var trailer: [UInt8] { [] }

    /// No.
    public var leavesOutReadings: Bool { false }

    /// One, unless the reading is omitted.
    public func rowCount(ofReading index: Int, of readings: ReadingSlice) -> Int {
        readings.isOmitted(index) ? 0 : 1
    }

    /// The rows that some readings have.
    package func rowCount(of readings: ReadingSlice) -> Int {
        var count = 0
        for index in 0..<readings.count { count += rowCount(ofReading: index, of: readings) }
        return count
    }

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

/// A row encoder of whose rows nothing is known that a compressor could make use of.
package protocol UnmarkedRowEncoder: RowEncoder {}

extension UnmarkedRowEncoder {
    /// That of text without rows.
    package var layout: RowLayout { RowLayout() }

    /// No.
    package var isMarked: Bool { false }

    /// Appends the rows of some readings, and marks none.
    package mutating func encode(
        _ readings: ReadingSlice,
        into buffer: inout ByteBuffer,
        marking rows: inout RowMarks
    ) {
        encode(readings, into: &buffer)
    }
}
