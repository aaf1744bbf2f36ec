/// Turns the events of blocks into lines without their numbers.
package struct EventsEncoder: BlockEncoder {
    private var lines: TableLines<EventRow>

    /// - Parameter columns: the columns of the event table.
    package init(_ columns: [TableColumn<EventRow>]) { lines = TableLines(columns) }

    package func makePiece() -> EncodedEvents { EncodedEvents() }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: EncodedEvents) {
        encode(block.events, into: piece)
    }

    /// Replaces lines by those of some events.
    package mutating func encode(_ events: EventRows, into piece: EncodedEvents) {
        piece.lines.set(events.rows) { lines.append($0, to: &$1) }
    }
}

/// The events that begin in a block as lines of `events.csv`.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class EncodedEvents: EncodedPiece, @unchecked Sendable {
    fileprivate var lines = NumberedRows()

    package init() {}

    /// The number of events.
    package var count: Int { lines.count }

    package var byteCount: Int { lines.bytes.count }

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
