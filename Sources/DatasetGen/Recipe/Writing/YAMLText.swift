/// A value as YAML in block style with an indent of two spaces.
package struct YAMLText {
    /// The lines, each with its end.
    package private(set) var text = ""

    /// The line or lines of a key and its value.
    package init(_ key: String, _ value: JSONValue) {
        writeMember(key, value, indent: "")
    }

    private mutating func writeMember(_ key: String, _ value: JSONValue, indent: String) {
        text += indent + Self.scalar(key) + ":"
        switch value {
        case .object(let members) where !members.isEmpty:
            text += "\n"
            for member in members { writeMember(member.key, member.value, indent: indent + "  ") }
        case .array(let items) where !items.allSatisfy(\.isScalar):
            text += "\n"
            for item in items { writeItem(item, indent: indent + "  ") }
        default:
            text += " " + Self.inline(value) + "\n"
        }
    }

    private mutating func writeItem(_ item: JSONValue, indent: String) {
        guard case .object(let members) = item, !members.isEmpty else {
            text += indent + "- " + Self.inline(item) + "\n"
            return
        }
        var lines = YAMLText()
        for member in members { lines.writeMember(member.key, member.value, indent: indent + "  ") }
        text += indent + "- " + lines.text.dropFirst(indent.count + 2)
    }

    private init() {}

    /// A scalar, a list of scalars or an empty collection, on one line.
    private static func inline(_ value: JSONValue) -> String {
        switch value {
        case .literal(let literal): literal
        case .string(let string): scalar(string)
        case .array(let items): "[" + items.map(inline).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(scalar($0.key)): \(inline($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    /// Text without quotes if no version of YAML takes it for anything else: words that begin with a letter.
    private static func scalar(_ string: String) -> String {
        let isWord = string.utf8.allSatisfy { byte in
            let character = Unicode.Scalar(byte)
            return ("a"..."z").contains(character) || ("A"..."Z").contains(character)
                || ("0"..."9").contains(character) || character == "_" || character == "/" || character == "-"
        }
        guard isWord, string.first?.isLetter == true, !reserved.contains(string.lowercased()) else {
            return string.jsonQuoted
        }
        return string
    }

    /// Words that YAML 1.1 or 1.2 takes for truth values or null.
    private static let reserved: Set = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
}
