/// Finds the fields of the records of comma-separated text.
///
/// Source: RFC 4180, section 2. A record ends with LF or CRLF outside quotes.
struct CSVScanner {
    /// Fields of a header, or of a small table, that are looked at: far more than any file of a dataset has.
    static let columnLimit = 1_000

    /// The fields of the last record, quotes included: the first ones, as many as were asked for.
    private(set) var fields: [Range<Int>] = []

    /// Finds the record that begins at `start`, and keeps its first `limit` fields: where the next record begins, nil if
    /// this one is not complete.
    ///
    /// With `isLast` the text ends where its file does, so that a record needs no line feed.
    mutating func scan(_ text: Span<UInt8>, from start: Int, limit: Int = .max, isLast: Bool) -> Int? {
        fields.removeAll(keepingCapacity: true)
        var (index, begin) = (start, start)
        var isQuoted = false
        let count = text.count
        while index < count {
            let byte = text[index]
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted {
                if byte == UInt8(ascii: ",") {
                    if fields.count < limit { fields.append(begin..<index) }
                    begin = index &+ 1
                } else if byte == UInt8(ascii: "\n") {
                    let end = index > begin && text[index - 1] == UInt8(ascii: "\r") ? index - 1 : index
                    if fields.count < limit { fields.append(begin..<end) }
                    return index &+ 1
                }
            }
            index &+= 1
        }
        guard isLast, start < count else { return nil }
        if fields.count < limit { fields.append(begin..<count) }
        return count
    }

    /// What a field means; nil if its quotes are wrong.
    static func decoded(_ text: Span<UInt8>, _ range: Range<Int>) -> String? {
        guard !range.isEmpty, text[range.lowerBound] == UInt8(ascii: "\"") else {
            for index in range where text[index] == UInt8(ascii: "\"") { return nil }
            return text.string(range)
        }
        guard range.count >= 2, text[range.upperBound - 1] == UInt8(ascii: "\"") else { return nil }
        var bytes: [UInt8] = []
        var index = range.lowerBound + 1
        while index < range.upperBound - 1 {
            bytes.append(text[index])
            if text[index] == UInt8(ascii: "\"") {
                guard index + 1 < range.upperBound - 1, text[index + 1] == UInt8(ascii: "\"") else { return nil }
                index += 1
            }
            index += 1
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
