extension String {
    /// The text as it may stand in a message: on one line, and nothing in it that moves the cursor of a terminal or turns
    /// the direction of what follows.
    ///
    /// Line breaks and tabs become spaces, other such characters escapes: `\u{1b}`.
    package var onOneLine: String {
        if utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return self }
        var line = ""
        for character in self {
            if character.isNewline || character == "\t" {
                line += " "
                continue
            }
            for scalar in character.unicodeScalars {
                if scalar.isHarmless {
                    line.unicodeScalars.append(scalar)
                } else {
                    line += "\\u{" + String(scalar.value, radix: 16) + "}"
                }
            }
        }
        return line
    }

    /// The beginning of the text, as a message quotes it.
    var excerpt: String {
        let scalars = unicodeScalars.prefix(Self.excerptLength)
        return scalars.endIndex == endIndex ? self : String(scalars) + "…"
    }

    private static let excerptLength = 60
}

extension Unicode.Scalar {
    /// Whether a terminal shows this, or nothing, and does nothing else.
    fileprivate var isHarmless: Bool {
        switch self {
        // Marks of direction, embeddings, overrides and isolates: UAX #9, section 2; and the byte order mark.
        case "\u{61C}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FEFF}": false
        case "\u{2028}", "\u{2029}": false
        default: properties.generalCategory != .control
        }
    }
}
