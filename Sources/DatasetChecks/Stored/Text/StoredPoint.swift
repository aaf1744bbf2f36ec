/// Where the parts of a line of line protocol stand.
struct StoredPoint {
    /// A tag or a field: where its name and its value stand, with the quotes of a text.
    struct Pair {
        let key: Range<Int>
        let value: Range<Int>
    }

    private(set) var measurement = 0..<0
    private(set) var tags: [Pair] = []
    private(set) var fields: [Pair] = []
    private(set) var time = 0..<0

    /// Replaces the parts by those of another line, without its line feed; false if it is no point.
    mutating func parse(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
        tags.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        var position = line.lowerBound
        measurement = Self.name(text, &position, line.upperBound, endingAt: UInt8(ascii: ","), UInt8(ascii: " "))
        while position < line.upperBound, text[position] == UInt8(ascii: ",") {
            position += 1
            guard let tag = Self.pair(text, &position, line.upperBound, quotes: false) else { return false }
            tags.append(tag)
        }
        guard Self.skip(UInt8(ascii: " "), text, &position, line.upperBound) else { return false }
        repeat {
            guard let field = Self.pair(text, &position, line.upperBound, quotes: true) else { return false }
            fields.append(field)
        } while Self.skip(UInt8(ascii: ","), text, &position, line.upperBound)
        guard Self.skip(UInt8(ascii: " "), text, &position, line.upperBound) else { return false }
        time = position..<line.upperBound
        return !measurement.isEmpty && !time.isEmpty
    }

    private static func skip(_ byte: UInt8, _ text: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool {
        guard position < end, text[position] == byte else { return false }
        position += 1
        return true
    }

    /// What stands before one of two bytes that no backslash precedes.
    private static func name(
        _ text: Span<UInt8>,
        _ position: inout Int,
        _ end: Int,
        endingAt one: UInt8,
        _ other: UInt8
    ) -> Range<Int> {
        let start = position
        while position < end {
            let byte = text[position]
            if byte == one || byte == other, position == start || text[position - 1] != UInt8(ascii: "\\") { break }
            position += 1
        }
        return start..<position
    }

    private static func pair(_ text: Span<UInt8>, _ position: inout Int, _ end: Int, quotes: Bool) -> Pair? {
        let key = name(text, &position, end, endingAt: UInt8(ascii: "="), UInt8(ascii: "="))
        guard !key.isEmpty, skip(UInt8(ascii: "="), text, &position, end) else { return nil }
        let start = position
        guard quotes, skip(UInt8(ascii: "\""), text, &position, end) else {
            let value = name(text, &position, end, endingAt: UInt8(ascii: ","), UInt8(ascii: " "))
            return value.isEmpty ? nil : Pair(key: key, value: value)
        }
        while position < end, text[position] != UInt8(ascii: "\"") {
            position += text[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard skip(UInt8(ascii: "\""), text, &position, end) else { return nil }
        return Pair(key: key, value: start..<position)
    }

    /// The text of a name or a tag's value: a backslash counts only before what it escapes.
    static func decoded(_ text: Span<UInt8>, _ range: Range<Int>) -> String? {
        decoded(text, range, escaping: [UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: " ")])
    }

    /// The text of a field, whose quotes are not in the range.
    static func decodedField(_ text: Span<UInt8>, _ range: Range<Int>) -> String? {
        decoded(text, range, escaping: [UInt8(ascii: "\""), UInt8(ascii: "\\")])
    }

    private static func decoded(_ text: Span<UInt8>, _ range: Range<Int>, escaping special: [UInt8]) -> String? {
        var bytes: [UInt8] = []
        var position = range.lowerBound
        while position < range.upperBound {
            if text[position] == UInt8(ascii: "\\"), position + 1 < range.upperBound,
                special.contains(text[position + 1])
            {
                position += 1
            }
            bytes.append(text[position])
            position += 1
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// In what a line differs from the one that should stand there; nil if nothing can be told.
    static func difference(_ stored: [UInt8], from expected: [UInt8]) -> String? {
        var (point, wanted) = (StoredPoint(), StoredPoint())
        guard wanted.parse(expected.span, 0..<expected.count - 1) else { return nil }
        let end = stored.last == UInt8(ascii: "\n") ? stored.count - 1 : stored.count
        guard point.parse(stored.span, 0..<end) else { return "it is no line protocol" }
        let texts = point.texts(of: stored.span)
        for part in wanted.texts(of: expected.span) {
            let value = texts.first { $0.name == part.name }?.value
            if value != part.value {
                let shown = value.map { Excerpt.text($0) } ?? "missing"
                return "\(part.name) is \(shown), not \(Excerpt.text(part.value))"
            }
        }
        let names = wanted.texts(of: expected.span).map(\.name)
        return texts.first { !names.contains($0.name) }
            .map { "it has \(Excerpt.text($0.name)), which should not be there" }
    }

    private func texts(of text: Span<UInt8>) -> [(name: String, value: String)] {
        [("measurement", text.string(measurement))]
            + (tags + fields).map { (text.string($0.key), text.string($0.value)) }
            + [("time", text.string(time))]
    }
}
