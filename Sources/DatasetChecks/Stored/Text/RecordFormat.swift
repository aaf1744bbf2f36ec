/// How the records of a text file are told apart.
enum RecordFormat {
    /// Comma-separated values with columns of these names.
    case csv([String])
    /// JSON Lines.
    case jsonLines
    /// Line protocol.
    case points

    /// Where the record that begins at `start` ends, its line feed included; nil if it is not complete.
    ///
    /// With `isLast` the text ends where its file does, so that a record needs no line feed.
    func end(of text: Span<UInt8>, from start: Int, isLast: Bool) -> Int? {
        switch self {
        case .csv:
            var scanner = CSVScanner()
            return scanner.scan(text, from: start, limit: 0, isLast: isLast)
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
