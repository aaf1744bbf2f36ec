/// Fields of comma-separated values.
///
/// Source: RFC 4180, section 2. Lines end with LF, as the tools of this field write and read them; NULL is an empty
/// field.
enum CSVText {
    /// A field, in quotes if a reader could misunderstand it otherwise.
    static func field(_ text: String) -> String {
        if isPlainASCII(text) { return text }
        let isPlain = text.unicodeScalars.allSatisfy { !["\"", ",", "\n", "\r"].contains($0) }
        let isPadded = text.first?.isWhitespace == true || text.last?.isWhitespace == true
        if isPlain, !isPadded { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.append("\"") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// Whether a look at the bytes shows that a field needs no quotes: true of nearly all of a wide fleet.
    private static func isPlainASCII(_ text: String) -> Bool {
        let bytes = text.utf8Span.span
        guard let first = bytes.indices.first, let last = bytes.indices.last else { return true }
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 || byte > 0x7e || byte == 0x22 || byte == 0x2c { return false }
        }
        return bytes[first] != 0x20 && bytes[last] != 0x20
    }

    /// A line of fields; nil is NULL.
    static func line(_ fields: [String?]) -> String {
        fields.map { $0.map(field) ?? "" }.joined(separator: ",") + "\n"
    }
}
