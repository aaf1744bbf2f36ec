import DatasetGen

/// Text of a dataset as a message shows it: on one line, and not too long.
enum Excerpt {
    private static let limit = 60

    /// The text; in quotes if it has anything but plain characters.
    static func text(_ text: String) -> String {
        let short = text.count > limit ? text.prefix(limit) + "…" : text[...]
        let isPlain = short.unicodeScalars.allSatisfy { $0.properties.isWhitespace ? $0 == " " : $0.value >= 0x20 }
        return isPlain && !short.isEmpty && short.first != " " && short.last != " " && !short.contains("\u{7f}")
            ? String(short) : String(short).jsonQuoted
    }

    /// A value; nil is NULL.
    static func value(_ text: String?) -> String {
        text.map { Self.text($0) } ?? "NULL"
    }
}
