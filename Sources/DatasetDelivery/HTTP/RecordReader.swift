/// Takes an answer in CSV apart, piece by piece as it comes.
///
/// Source: RFC 4180, with line feeds at the ends of lines as well.
struct RecordReader {
    private var rest: [UInt8] = []
    private var plain: [UInt8] = []
    private var fields: [Range<Int>] = []
    /// How much of the rest has been searched for the end of a line.
    private var searched = 0
    private var isQuoted = false

    /// Hands on the records that end within some bytes: bytes, and where in them the fields lie.
    ///
    /// An empty line has one empty field.
    mutating func take(_ bytes: Span<UInt8>, _ body: (_ bytes: Span<UInt8>, _ fields: [Range<Int>]) -> Void) {
        unsafe bytes.withUnsafeBufferPointer { unsafe rest.append(contentsOf: $0) }
        var start = 0
        while let end = endOfLine() {
            handOn(start..<end, body)
            start = end + 1
        }
        rest.removeFirst(start)
        searched -= start
    }

    /// Hands on what follows the last line feed.
    mutating func finish(_ body: (_ bytes: Span<UInt8>, _ fields: [Range<Int>]) -> Void) {
        if !rest.isEmpty { handOn(0..<rest.count, body) }
        rest.removeAll()
    }

    /// The next line feed that is not within quotes.
    private mutating func endOfLine() -> Int? {
        let found = Self.endOfLine(rest.span, from: searched, isInside: isQuoted)
        (searched, isQuoted) = (found.searched, found.isInside)
        return found.end
    }

    private static func endOfLine(
        _ bytes: Span<UInt8>,
        from start: Int,
        isInside: Bool
    ) -> (end: Int?, searched: Int, isInside: Bool) {
        var isInside = isInside
        for index in start..<bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { isInside.toggle() }
            if byte == UInt8(ascii: "\n"), !isInside { return (index, index + 1, isInside) }
        }
        return (nil, bytes.count, isInside)
    }

    private mutating func handOn(_ line: Range<Int>, _ body: (Span<UInt8>, [Range<Int>]) -> Void) {
        var fields: [Range<Int>] = []
        swap(&fields, &self.fields)
        defer { swap(&fields, &self.fields) }
        fields.removeAll(keepingCapacity: true)
        let isEndedByTwo = !line.isEmpty && rest[line.upperBound - 1] == UInt8(ascii: "\r")
        let line = line.lowerBound..<line.upperBound - (isEndedByTwo ? 1 : 0)
        guard split(line, &fields) else {
            unquote(line, &fields)
            return body(plain.span, fields)
        }
        body(rest.span, fields)
    }

    /// Finds the fields of a line.
    ///
    /// - Returns: false if there are quotes in it.
    private func split(_ line: Range<Int>, _ fields: inout [Range<Int>]) -> Bool {
        let bytes = rest.span
        var start = line.lowerBound
        for index in line {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { return false }
            if byte == UInt8(ascii: ",") {
                fields.append(start..<index)
                start = index + 1
            }
        }
        fields.append(start..<line.upperBound)
        return true
    }

    /// Writes the fields of a line without their quotes.
    private mutating func unquote(_ line: Range<Int>, _ fields: inout [Range<Int>]) {
        fields.removeAll(keepingCapacity: true)
        plain.removeAll(keepingCapacity: true)
        var (start, isInside) = (0, false)
        var index = line.lowerBound
        while index < line.upperBound {
            let byte = rest[index]
            if byte == UInt8(ascii: "\"") {
                let isDoubled = isInside && index + 1 < line.upperBound && rest[index + 1] == byte
                if isDoubled { plain.append(byte) } else { isInside.toggle() }
                index += isDoubled ? 2 : 1
                continue
            }
            if byte == UInt8(ascii: ","), !isInside {
                fields.append(start..<plain.count)
                start = plain.count
            } else {
                plain.append(byte)
            }
            index += 1
        }
        fields.append(start..<plain.count)
    }
}
