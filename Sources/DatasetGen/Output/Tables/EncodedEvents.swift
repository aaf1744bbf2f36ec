/// The events that begin in a block as lines of `events.csv`.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
final class EncodedEvents: EncodedPiece, @unchecked Sendable {
    private var lines = NumberedRows()

    /// The number of events.
    var count: Int { lines.count }

    var byteCount: Int { lines.bytes.count }

    /// Replaces the events.
    func set(_ events: EventRows, timestamps: TimestampStyle) {
        lines.set(events.values(timestamps)) { $1.append(csv: $0) }
    }

    /// Appends the lines, of which the first has the number `first`.
    func appendLines(from first: Int64, to text: inout ByteBuffer) {
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
