/// A place in the JSON text of one line: steps over values without building them.
///
/// Source: RFC 8259.
struct JSONCursor {
    private(set) var position: Int
    let end: Int

    init(_ range: Range<Int>) {
        (position, end) = (range.lowerBound, range.upperBound)
    }

    /// Whether nothing but space follows.
    mutating func isAtEnd(_ text: Span<UInt8>) -> Bool {
        skipSpace(text)
        return position == end
    }

    /// Steps over a character, if it comes next.
    @inline(__always)
    mutating func skip(_ character: Unicode.Scalar, _ text: Span<UInt8>) -> Bool {
        skipSpace(text)
        guard position < end, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Steps over a string; the range of what its quotes enclose, escapes included.
    mutating func string(_ text: Span<UInt8>) -> Range<Int>? {
        guard skip("\"", text) else { return nil }
        let start = position
        while position < end {
            let byte = text[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return start..<position - 1 }
            if byte == UInt8(ascii: "\\") { position += 1 }
        }
        return nil
    }

    /// Steps over a number, `true`, `false` or `null`.
    mutating func literal(_ text: Span<UInt8>) -> Range<Int>? {
        skipSpace(text)
        let start = position
        while position < end {
            switch text[position] {
            case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x09, 0x0d:
                return position > start ? start..<position : nil
            default: position += 1
            }
        }
        return position > start ? start..<position : nil
    }

    /// Steps over any value, at most 16 deep.
    mutating func skipValue(_ text: Span<UInt8>, depth: Int = 0) -> Bool {
        skipSpace(text)
        guard position < end, depth <= 16 else { return false }
        switch text[position] {
        case UInt8(ascii: "\""): return string(text) != nil
        case UInt8(ascii: "{"):
            position += 1
            if skip("}", text) { return true }
            repeat {
                guard string(text) != nil, skip(":", text), skipValue(text, depth: depth + 1) else { return false }
            } while skip(",", text)
            return skip("}", text)
        case UInt8(ascii: "["):
            position += 1
            if skip("]", text) { return true }
            repeat {
                guard skipValue(text, depth: depth + 1) else { return false }
            } while skip(",", text)
            return skip("]", text)
        default: return literal(text) != nil
        }
    }

    @inline(__always)
    private mutating func skipSpace(_ text: Span<UInt8>) {
        while position < end, text[position] == 0x20 || text[position] == 0x09 || text[position] == 0x0d {
            position += 1
        }
    }
}
