package import DatasetGen

/// Turns the events of blocks into lines without their numbers.
package struct EventsEncoder: BlockEncoder {
    private let timestamps: TimestampStyle

    package init(timestamps: TimestampStyle) {
        self.timestamps = timestamps
    }

    package func makePiece() -> EncodedEvents { EncodedEvents() }

    package func encode(_ block: borrowing EncodableBlock, into piece: EncodedEvents) {
        piece.set(block.events, timestamps: timestamps)
    }
}

/// The events that begin in a block as lines of `events.csv`.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class EncodedEvents: EncodedPiece, @unchecked Sendable {
    private var lines = NumberedRows()

    package init() {}

    /// The number of events.
    package var count: Int { lines.count }

    package var byteCount: Int { lines.bytes.count }

    /// Replaces the events.
    package func set(_ events: EventRows, timestamps: TimestampStyle) {
        lines.set(events.values(timestamps)) { $1.append(csv: $0) }
    }

    /// Appends the lines, of which the first has the number `first`.
    package func appendLines(from first: Int64, to text: inout ByteBuffer) {
        let lines = lines
        let bytes = lines.bytes.bytes.span
        text.append(atMost: bytes.count + 20 * count) { writer in
            for index in 0..<lines.count {
                writer.append(decimal: first + Int64(index))
                writer.append(bytes.extracting(lines.range(ofRow: index)))
            }
        }
    }
}
