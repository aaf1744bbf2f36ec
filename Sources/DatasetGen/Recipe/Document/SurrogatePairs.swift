/// Characters beyond U+FFFF as JSON escapes them: `\ud83d\ude00`, two halves that YAML does not join.
///
/// Source: RFC 8259, section 7.
enum SurrogatePairs {
    /// The text with each pair as the one escape that YAML has, `\U0001f600`; unchanged unless it is JSON.
    ///
    /// What comes behind keeps its place: a pair is two bytes longer, which become space behind the text's quote.
    static func joined(in text: [UInt8]) -> [UInt8] {
        guard hasHighHalf(text), JSONValue(parsing: text) != nil else { return text }
        var joined: [UInt8] = []
        joined.reserveCapacity(text.count)
        var (index, owed) = (0, 0)
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\\"), index + 1 < text.count {
                if let scalar = scalar(text, at: index) {
                    let digits = String(scalar.value, radix: 16)
                    joined += Array("\\U".utf8) + Array(repeating: UInt8(ascii: "0"), count: 8 - digits.count)
                    joined += Array(digits.utf8)
                    (index, owed) = (index + 12, owed + 2)
                    continue
                }
                joined += text[index...index + 1]
                index += 2
                continue
            }
            joined.append(byte)
            if byte == UInt8(ascii: "\"") {
                joined += Array(repeating: UInt8(ascii: " "), count: owed)
                owed = 0
            }
            index += 1
        }
        return joined
    }

    /// The character of a pair of escapes; nil if there is none.
    private static func scalar(_ text: [UInt8], at index: Int) -> Unicode.Scalar? {
        guard index + 12 <= text.count, let high = half(text, at: index), let low = half(text, at: index + 6) else {
            return nil
        }
        return Unicode.Scalar(surrogates: high, low)
    }

    private static func half(_ text: [UInt8], at index: Int) -> UInt32? {
        guard text[index] == UInt8(ascii: "\\"), text[index + 1] == UInt8(ascii: "u") else { return nil }
        let digits = String(decoding: text[index + 2..<index + 6], as: UTF8.self)
        return digits.allSatisfy(\.isHexDigit) ? UInt32(digits, radix: 16) : nil
    }

    private static func hasHighHalf(_ text: [UInt8]) -> Bool {
        for index in text.indices.dropLast(11) where text[index] == UInt8(ascii: "\\") {
            if let value = half(text, at: index), (0xD800..<0xDC00).contains(value) { return true }
        }
        return false
    }
}

extension Unicode.Scalar {
    /// The character that two halves make; nil if they are none.
    ///
    /// Source: The Unicode Standard, section 3.9, definition D91.
    init?(surrogates high: UInt32, _ low: UInt32) {
        guard (0xD800..<0xDC00).contains(high), (0xDC00..<0xE000).contains(low) else { return nil }
        self.init(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }
}
