package import DatasetGen

/// Turns blocks into messages: each reading is a line of JSON; each worker has its own.
package struct MessageEncoder: BlockEncoder {
    private var rows: any RowEncoder

    /// - Parameter rows: what makes the lines, one for each reading that is not omitted.
    package init(_ rows: any RowEncoder) { self.rows = rows }

    package func makePiece() -> EncodedMessages { EncodedMessages() }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: EncodedMessages) {
        piece.removeAll()
        append(block.readings, to: piece)
    }

    /// Appends the messages of some readings.
    package mutating func append(_ readings: ReadingSlice, to messages: EncodedMessages) {
        rows.encode(readings, into: &messages.bytes)
        messages.addLines(of: readings)
    }
}
