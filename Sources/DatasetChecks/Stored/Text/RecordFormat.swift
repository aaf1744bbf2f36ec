import DatasetFormats

/// How the records of a text file are told apart.
enum RecordFormat {
    /// Comma-separated values with columns of these names.
    case csv([String])
    /// JSON Lines.
    case jsonLines
    /// Line protocol.
    case points
    /// OpenMetrics: the lines of a reading are a record.
    case samples
    /// Blocks of rows in ClickHouse's format Native, each of which is a record.
    case native
    /// Rows for PostgreSQL's COPY, with these columns.
    case copy([CopyColumn])

    /// Bytes of a record that is no longer looked at.
    var recordLimit: Int {
        if case .native = self { 8 << 20 } else { 1 << 18 }
    }

    /// The rows of a record.
    func rowCount(_ record: Span<UInt8>) -> Int {
        switch self {
        case .native:
            guard case .whole(let block) = NativeBlock.parse(record, from: 0) else { return 1 }
            return block.rowCount
        // Where one of several files ends and the next one begins.
        case .samples: return record[0] == UInt8(ascii: "#") ? 0 : 1
        default: return 1
        }
    }

    /// Where the record that begins at `start` ends, its line feed included; nil if it is not complete.
    ///
    /// With `isLast` the text ends where its file does, so that a record needs no line feed.
    func end(of text: Span<UInt8>, from start: Int, isLast: Bool) -> Int? {
        switch self {
        case .csv:
            var scanner = CSVScanner()
            return scanner.scan(text, from: start, limit: 0, isLast: isLast)
        case .native:
            switch NativeBlock.parse(text, from: start) {
            case .whole(let block): return start < text.count ? block.end : nil
            case .incomplete, .malformed: return isLast && start < text.count ? text.count : nil
            }
        case .samples: return StoredSample.endOfReading(text, from: start, isLast: isLast)
        case .copy:
            var row = StoredCopy()
            switch start < text.count ? row.parse(text, from: start) : .incomplete {
            case .row, .frame: return row.end
            case .incomplete, .malformed: return isLast && start < text.count ? text.count : nil
            }
        case .jsonLines, .points:
            var index = start
            while index < text.count {
                index += 1
                if text[index - 1] == UInt8(ascii: "\n") { return index }
            }
            return isLast && start < text.count ? text.count : nil
        }
    }
}
