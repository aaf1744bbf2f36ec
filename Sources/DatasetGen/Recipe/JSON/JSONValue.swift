/// A JSON value whose objects keep the order of their keys, so that the same value always has the same text.
public enum JSONValue: Sendable, Hashable {
    /// A number, `true`, `false` or `null`, as written.
    case literal(String)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Keys and values in order.
    case object([Member])

    /// A key of an object and its value.
    public struct Member: Sendable, Hashable {
        /// The key.
        public var key: String
        /// The value.
        public var value: JSONValue

        /// The member `"key": value`.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// A number in its shortest form, whole ones without a point: `0.05`, `1013`.
    static func number(_ value: Double) -> JSONValue {
        .literal(value.plainText)
    }

    /// The object with these members.
    static func members(_ pairs: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(pairs.map { Member(key: $0.key, value: $0.value) })
    }

    /// The object with one more member.
    package func adding(_ key: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members + [Member(key: key, value: value)])
    }

    /// RFC 8259 text with an indent of two spaces and a final newline.
    public var prettyText: String {
        var text = ""
        write(into: &text, indent: "")
        return text + "\n"
    }

    private func write(into text: inout String, indent: String) {
        let inner = indent + "  "
        switch self {
        case .literal(let literal):
            text += literal
        case .string(let string):
            text += string.jsonQuoted
        case .array(let items) where items.allSatisfy(\.isScalar):
            text += "["
            for (index, item) in items.enumerated() {
                text += index == 0 ? "" : ", "
                item.write(into: &text, indent: inner)
            }
            text += "]"
        case .array(let items):
            text += "["
            for (index, item) in items.enumerated() {
                text += (index == 0 ? "\n" : ",\n") + inner
                item.write(into: &text, indent: inner)
            }
            text += "\n\(indent)]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                text += (index == 0 ? "\n" : ",\n") + inner + member.key.jsonQuoted + ": "
                member.value.write(into: &text, indent: inner)
            }
            text += members.isEmpty ? "}" : "\n\(indent)}"
        }
    }

    /// Whether this is neither an array nor an object.
    var isScalar: Bool {
        switch self {
        case .literal, .string: true
        case .array, .object: false
        }
    }
}

extension Double {
    /// The shortest text that reads back as this number, without a point if it is whole: `0.05`, `1013`.
    var plainText: String {
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension String {
    /// The text in double quotes, escaped so that JSON and YAML read the same.
    package var jsonQuoted: String {
        if isPlainASCII(without: "\\") { return "\"" + self + "\"" }
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            // Controls, line separators and marks that YAML does not count as printable.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
