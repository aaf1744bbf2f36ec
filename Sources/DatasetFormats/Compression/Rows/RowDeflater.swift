/// Deflate for text whose rows are marked: it knows what repeats, and need not search for it.
///
/// Two passes over a part of the text: ``RowMatcher`` takes it down as literals and matches, ``TokenCode`` writes them
/// with the code that suits them. The bytes depend on text and marks alone.
@safe
package final class RowDeflater {
    /// How much time to spend.
    package enum Effort: Sendable {
        /// Only what is known to repeat; codes by a sample of the tokens.
        case fast
        /// Readings are looked up, too; codes by all tokens.
        case thorough
    }

    /// Rows of one deflate block: the code suits them better, the fewer they are, but takes some 80 bytes itself.
    private static let rowsPerPart = 8_192

    private let effort: Effort
    private let matcher: RowMatcher
    private let tokens = DeflateTokens()
    private var counts = TokenCounts()
    private var code = TokenCode()

    /// - Parameters:
    ///   - layout: what is known of the rows.
    ///   - effort: how much time to spend.
    package init(_ layout: RowLayout, effort: Effort) {
        self.effort = effort
        matcher = RowMatcher(layout, effort: effort)
    }

    /// Appends `text` compressed: whole deflate blocks without reference to earlier text, none of them final, ended by
    /// an empty stored block, so that the output is whole bytes and more deflate data may follow.
    package func deflate(_ text: borrowing ByteBuffer, _ rows: borrowing RowMarks, into buffer: inout ByteBuffer) {
        precondition(text.count <= UInt32.max, "a block of more than 4 GiB")
        let marks = rows.marks
        matcher.begin(rowCount: marks.count, textCount: text.count)
        var pending = PendingBits()
        unsafe text.bytes.withUnsafeBytes { text in
            var start = 0
            var row = 0
            while start < text.count {
                let nextRow = min(row + Self.rowsPerPart, marks.count)
                let end = nextRow < marks.count ? Int(marks[nextRow].start) : text.count
                unsafe tokens.rewrite(text, start..<end) { writer in
                    unsafe matcher.match(row..<nextRow, of: rows, into: &writer)
                }
                unsafe write(text, from: start, &pending, to: &buffer)
                (start, row) = (end, nextRow)
            }
        }
        unsafe buffer.appendRaw(atMost: 16) { room in
            guard let place = room.baseAddress else { return 0 }
            var writer = unsafe BitWriter(UnsafeMutableRawPointer(place), pending)
            // RFC 1951, section 3.2.4: BFINAL = 0, BTYPE = 00, "skip any remaining bits", LEN and its complement.
            unsafe writer.append(0, 3)
            unsafe writer.alignToByte()
            unsafe writer.append(0xffff_0000, 32)
            unsafe writer.flush()
            return unsafe writer.finish().byteCount
        }
    }

    private func write(
        _ text: UnsafeRawBufferPointer,
        from start: Int,
        _ pending: inout PendingBits,
        to buffer: inout ByteBuffer
    ) {
        unsafe counts.count(tokens.tokens, of: text, from: start, all: effort == .thorough)
        code.prepare(counts, tokenCount: tokens.count)
        // Every flush stores 8 bytes.
        unsafe buffer.appendRaw(atMost: code.maximumBitCount / 8 + 16) { room in
            guard let place = room.baseAddress else { return 0 }
            var writer = unsafe BitWriter(UnsafeMutableRawPointer(place), pending)
            unsafe code.writeHeader(to: &writer)
            unsafe code.pairs.withUnsafeBufferPointer { pairs in
                unsafe code.bytes.withUnsafeBufferPointer { bytes in
                    unsafe code.lengths.withUnsafeBufferPointer { lengths in
                        unsafe code.distanceEntries.withUnsafeBufferPointer { distances in
                            unsafe TokenEncoder(
                                text: text,
                                pairs: pairs,
                                bytes: bytes,
                                lengths: lengths,
                                distances: distances
                            )
                            .write(tokens.tokens, from: start, to: &writer)
                        }
                    }
                }
            }
            unsafe code.writeEnd(to: &writer)
            let (rest, count) = unsafe writer.finish()
            pending = rest
            return count
        }
    }
}
