import DatasetGen

/// Fields of comma-separated values.
///
/// Source: RFC 4180, section 2. Lines end with LF, as the tools of this field write and read them; NULL is an empty
/// field.
package enum CSVText {
    /// A field, in quotes if a reader could misunderstand it otherwise.
    package static func field(_ text: String) -> String {
        if text.isPlainASCII(without: ",") { return text }
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

    /// A line of fields; nil is NULL.
    static func line(_ fields: [String?]) -> String {
        var line = ""
        line.reserveCapacity(fields.reduce(0) { $0 + 1 + ($1?.utf8.count ?? 0) })
        for (index, text) in fields.enumerated() {
            if index > 0 { line += "," }
            if let text { line += field(text) }
        }
        line += "\n"
        return line
    }
}
