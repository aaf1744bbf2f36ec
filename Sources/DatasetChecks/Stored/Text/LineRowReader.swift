import DatasetFiles

/// A reader of rows that are a line each.
protocol LineRowReader: StoredRowReader {
    /// What is at hand of the text.
    var window: TextWindow { get }
    /// Where in the window the next line begins.
    var position: Int { get set }
    /// Whether the window holds the last of the text.
    var isAtEnd: Bool { get set }

    /// Reads a line without its line feed, and appends its row if it is of one.
    func append(_ text: Span<UInt8>, _ range: Range<Int>, to rows: inout [StoredRow])
}

extension LineRowReader {
    var problem: String? { window.problem }

    func read(into rows: inout [StoredRow]) throws(FileError) {
        rows.removeAll(keepingCapacity: true)
        while rows.count < StoredRow.perBatch, !isAtEnd {
            let text = window.text
            parse(text.span, into: &rows)
            guard rows.count < StoredRow.perBatch else { return }
            let dropped = position
            position = 0
            isAtEnd = try !window.advance(dropping: dropped)
            if isAtEnd, !window.text.isEmpty {
                // The last line has no line feed.
                let rest = window.text
                append(rest.span, 0..<rest.count, to: &rows)
                position = rest.count
            }
        }
    }

    /// Reads the whole lines of the window.
    private func parse(_ text: Span<UInt8>, into rows: inout [StoredRow]) {
        while rows.count < StoredRow.perBatch, let end = text.firstIndex(of: UInt8(ascii: "\n"), from: position) {
            append(text, position..<end, to: &rows)
            position = end + 1
        }
    }
}
