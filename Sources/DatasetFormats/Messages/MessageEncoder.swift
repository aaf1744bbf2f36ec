package import DatasetGen

/// Turns blocks into messages, one for each reading that is not omitted; each worker has its own.
package struct MessageEncoder: BlockEncoder {
    private enum Payloads {
        case lines(any RowEncoder)
        case sparkplug(SparkplugEncoder)
    }

    private var payloads: Payloads

    /// Messages that are lines.
    package init(_ rows: any RowEncoder) { payloads = .lines(rows) }

    /// Messages of Sparkplug B.
    package init(_ encoder: SparkplugEncoder) { payloads = .sparkplug(encoder) }

    package func makePiece() -> EncodedMessages { EncodedMessages() }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: EncodedMessages) {
        piece.removeAll()
        append(block.readings, to: piece)
    }

    /// Appends the messages of some readings.
    package mutating func append(_ readings: ReadingSlice, to messages: EncodedMessages) {
        switch payloads {
        case .lines(var rows):
            rows.encode(readings, into: &messages.bytes)
            messages.addLines(of: readings)
        case .sparkplug(var encoder): encoder.append(readings, to: messages)
        }
    }
}
