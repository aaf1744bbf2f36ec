import DatasetFormats

/// Where the parts of a line of OpenMetrics stand.
///
/// Source: "OpenMetrics 1.0", text format: `NAME{LABEL="TEXT",…} VALUE TIME`, with `\\`, `\"` and `\n` in texts.
struct StoredSample {
    private(set) var name = 0..<0
    /// The texts without their quotes.
    private(set) var labels: [(name: Range<Int>, text: Range<Int>)] = []
    /// All labels, with their brackets.
    private(set) var allLabels = 0..<0
    private(set) var value = 0..<0
    private(set) var time = 0..<0

    /// Finds the parts of a line without its line feed; false for what is none.
    mutating func parse(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
        labels.removeAll(keepingCapacity: true)
        var position = line.lowerBound
        let end = line.upperBound
        name = word(text, &position, end, until: UInt8(ascii: "{"))
        guard !name.isEmpty, position < end else { return false }
        let start = position
        position += 1
        while position < end, text[position] != UInt8(ascii: "}") {
            let label = word(text, &position, end, until: UInt8(ascii: "="))
            guard !label.isEmpty, position + 1 < end, text[position + 1] == UInt8(ascii: "\"") else { return false }
            position += 2
            let first = position
            while position < end, text[position] != UInt8(ascii: "\"") {
                position += text[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard position < end else { return false }
            labels.append((label, first..<position))
            position += 1
            if position < end, text[position] == UInt8(ascii: ",") { position += 1 }
        }
        guard position + 1 < end, text[position + 1] == UInt8(ascii: " ") else { return false }
        allLabels = start..<position + 1
        position += 2
        value = word(text, &position, end, until: UInt8(ascii: " "))
        guard position < end else { return false }
        time = position + 1..<end
        return !value.isEmpty && !time.isEmpty
    }

    private func word(_ text: Span<UInt8>, _ position: inout Int, _ end: Int, until mark: UInt8) -> Range<Int> {
        let start = position
        while position < end, text[position] != mark { position += 1 }
        return start..<position
    }

    /// The text of a label.
    static func decoded(_ text: Span<UInt8>, _ range: Range<Int>) -> String? {
        var bytes: [UInt8] = []
        var position = range.lowerBound
        while position < range.upperBound {
            var byte = text[position]
            if byte == UInt8(ascii: "\\"), position + 1 < range.upperBound {
                position += 1
                byte = text[position] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : text[position]
            }
            bytes.append(byte)
            position += 1
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Where the lines end that are of the same reading as the one that begins at `start`; nil where that cannot be told yet.
    static func endOfReading(_ text: Span<UInt8>, from start: Int, isLast: Bool) -> Int? {
        guard start < text.count else { return nil }
        guard let first = endOfLine(text, from: start, isLast: isLast) else { return nil }
        var end = first
        if text[start] == UInt8(ascii: "#") { return end }
        var (own, next) = (StoredSample(), StoredSample())
        guard own.parse(text, start..<withoutFeed(text, end)) else { return end }
        while true {
            guard end < text.count else { return isLast ? end : nil }
            guard let nextEnd = endOfLine(text, from: end, isLast: isLast) else { return nil }
            guard next.parse(text, end..<withoutFeed(text, nextEnd)),
                text.matches(own.allLabels, text, next.allLabels), text.matches(own.time, text, next.time)
            else { return end }
            end = nextEnd
        }
    }

    private static func endOfLine(_ text: Span<UInt8>, from start: Int, isLast: Bool) -> Int? {
        var index = start
        while index < text.count {
            index += 1
            if text[index - 1] == UInt8(ascii: "\n") { return index }
        }
        return isLast ? text.count : nil
    }

    private static func withoutFeed(_ text: Span<UInt8>, _ end: Int) -> Int {
        text[end - 1] == UInt8(ascii: "\n") ? end - 1 : end
    }

    /// In what the lines of a reading differ from those that should stand there; nil if nothing can be told.
    static func difference(_ stored: [UInt8], from expected: [UInt8]) -> String? {
        guard let wanted = parts(of: expected), let found = parts(of: stored) else { return nil }
        for part in wanted {
            let value = found.first { $0.name == part.name }?.value
            if value != part.value {
                let shown = value.map { Excerpt.text($0) } ?? "missing"
                return "\(part.name) is \(shown), not \(Excerpt.text(part.value))"
            }
        }
        let names = wanted.map(\.name)
        return found.first { !names.contains($0.name) }
            .map { "it has \(Excerpt.text($0.name)), which should not be there" }
    }

    /// The samples of a reading, its labels and its time.
    private static func parts(of bytes: [UInt8]) -> [(name: String, value: String)]? {
        var parts: [(name: String, value: String)] = []
        let text = bytes.span
        var start = 0
        var sample = StoredSample()
        while start < text.count {
            guard let end = endOfLine(text, from: start, isLast: true),
                sample.parse(text, start..<withoutFeed(text, end))
            else { return nil }
            if parts.isEmpty {
                parts = sample.labels.map { (text.string($0.name), text.string($0.text)) }
                parts.append(("time", text.string(sample.time)))
            }
            parts.append((text.string(sample.name), text.string(sample.value)))
            start = end
        }
        return parts
    }
}
