/// A block of PEM, the text form in which keys are kept.
///
/// Source: RFC 7468, section 2.
struct PEMBlock {
    /// What stands behind `BEGIN`, such as `PRIVATE KEY`.
    let label: String
    /// What the base64 stands for; nil if it is damaged.
    let contents: [UInt8]?

    /// Finds the first block of a text; nil without one.
    init?(in text: [UInt8]) {
        let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard let first = lines.firstIndex(where: { $0.hasPrefix(Self.begin) && $0.hasSuffix(Self.dashes) }) else {
            return nil
        }
        let label = String(lines[first].dropFirst(Self.begin.count).dropLast(Self.dashes.count))
        let rest = lines[(first + 1)...]
        self.label = label
        contents = rest.firstIndex { $0 == "-----END " + label + Self.dashes }
            .flatMap { Self.decode(base64: rest[..<$0].joined()) }
    }

    private static let begin = "-----BEGIN "
    private static let dashes = "-----"
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Source: RFC 4648, section 4.
    private static func decode(base64 text: String) -> [UInt8]? {
        let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard text.utf8.count.isMultiple(of: 4), padding <= 2 else { return nil }
        var bytes: [UInt8] = []
        var (word, bits): (UInt32, UInt32) = (0, 0)
        for digit in text.utf8.dropLast(padding) {
            guard let value = digits.firstIndex(of: digit) else { return nil }
            word = word << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(word >> bits))
            word &= 1 << bits - 1
        }
        return bytes
    }
}
