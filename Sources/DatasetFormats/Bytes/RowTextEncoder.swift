import DatasetGen

/// An encoder that says only how a row is written; room for the rows, their marks and the values are the same in all
/// formats of text.
///
/// Rows of a block are what its readings say; those that are to be omitted have none. Nothing is allocated once the
/// buffer has its size.
protocol RowTextEncoder: RowEncoder {
    /// What a missing reading is written as.
    static var nullText: StaticString { get }

    /// What never changes in the rows of each sensor.
    var templates: RowTemplates { get }

    /// How the states of metrics are written.
    var states: StateTexts { get }

    /// Number of readings in a row, with those of the healthy twin.
    var readingCount: Int { get }

    /// The most bytes that a row takes besides the pieces of its sensor.
    var byteLimitPerRow: Int { get }

    /// Writes the rows of some readings, and notes where their parts lie.
    func write<Notes: RowNotes & ~Copyable>(
        _ readings: ReadingSlice,
        to writer: inout ByteWriter,
        _ notes: inout Notes
    )
}

extension RowTextEncoder {
    /// Appends the rows of some readings.
    ///
    /// - Complexity: O(readings); 30 to 40 ns each.
    public mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        buffer.append(atMost: templates.byteLimit(readings, fixed: byteLimitPerRow)) { writer in
            var notes = NoRowNotes()
            write(readings, to: &writer, &notes)
        }
    }

    /// Appends the rows of some readings, and marks them; the buffer is empty.
    public mutating func encode(
        _ readings: ReadingSlice,
        into buffer: inout ByteBuffer,
        marking rows: inout RowMarks
    ) {
        let limit = templates.byteLimit(readings, fixed: byteLimitPerRow)
        rows.refill(atMost: readings.count, readings: readingCount) { notes in
            buffer.append(atMost: limit) { writer in
                write(readings, to: &writer, &notes)
            }
        }
    }

    /// Appends a reading of any metric, and notes how many bytes it takes.
    @inline(__always)
    func append<Notes: RowNotes & ~Copyable>(
        _ metric: Int,
        _ count: Int32,
        _ decimals: UInt8,
        to writer: inout ByteWriter,
        _ notes: inout Notes
    ) {
        guard count != ReadingBlock.null, let text = states.range(metric, count) else {
            return Self.append(count, decimals, to: &writer, &notes)
        }
        writer.append(states.bytes.span.extracting(text))
        if Notes.isWanted { notes.append(length: text.count) }
    }

    /// Appends a number, and notes how many bytes it takes.
    @inline(__always)
    static func append<Notes: RowNotes & ~Copyable>(
        _ count: Int32,
        _ decimals: UInt8,
        to writer: inout ByteWriter,
        _ notes: inout Notes
    ) {
        let start = writer.count
        if count == ReadingBlock.null { writer.append(nullText) } else { writer.append(count, decimals: Int(decimals)) }
        if Notes.isWanted { notes.append(length: writer.count - start) }
    }
}
