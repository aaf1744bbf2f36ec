extension String {
    /// The text as it may stand in a message: on one line, with nothing in it that cannot be seen, moves the cursor of a
    /// terminal or turns the direction of what follows.
    ///
    /// Such characters become escapes: `\u{1b}`, `\n`, `\u{200b}`.
    package var onOneLine: String { spelled { $0 == " " } }

    /// The text as a terminal may show it: as ``onOneLine``, but with its line breaks and tabs.
    package var printable: String { spelled { $0 == " " || $0 == "\n" || $0 == "\t" } }

    /// The text without invisible characters but those that are kept.
    private func spelled(keeping isKept: (Unicode.Scalar) -> Bool) -> String {
        if utf8.allSatisfy({ (0x21..<0x7f).contains($0) || isKept(Unicode.Scalar($0)) }) { return self }
        var line = ""
        for scalar in unicodeScalars {
            if isKept(scalar) || scalar.isVisible {
                line.unicodeScalars.append(scalar)
            } else {
                line += scalar.spelling
            }
        }
        return line
    }

    /// JSON text with what cannot be seen as JSON's own escapes, which mean the same.
    package var jsonPrintable: String {
        if utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar == " " || scalar.isVisible {
                text.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    text += "\\u" + String(UInt32(unit) + 0x1_0000, radix: 16).dropFirst()
                }
            }
        }
        return text
    }

    /// The text in quotes, with what cannot be seen spelled out.
    package var quoted: String { "\"\(excerpt.onOneLine)\"" }

    /// The beginning of the text, as a message quotes it.
    var excerpt: String {
        let scalars = unicodeScalars.prefix(Self.excerptLength)
        return scalars.endIndex == endIndex ? self : String(scalars) + "…"
    }

    /// Whether a reader of a message sees where the text begins and ends, and all of it.
    var isPlainToSee: Bool {
        !isEmpty && first != " " && last != " " && unicodeScalars.allSatisfy { $0 == " " || $0.isVisible }
    }

    /// The text without space and control characters at its ends.
    package var trimmed: String {
        let isSpace = { (character: Character) in character.isWhitespace }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    private static let excerptLength = 60
}

extension Unicode.Scalar {
    /// Whether a terminal shows something for this, and does nothing else.
    ///
    /// Not shown are control characters, marks of direction and joiners (format characters), all spaces but the usual one,
    /// separators of lines, fillers of Hangul and the blank of braille, and variation selectors.
    fileprivate var isVisible: Bool {
        switch self {
        case "\u{115F}", "\u{1160}", "\u{3164}", "\u{FFA0}", "\u{2800}": return false
        case "\u{FE00}"..."\u{FE0F}", "\u{E0100}"..."\u{E01EF}": return false
        default: break
        }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate: false
        default: true
        }
    }

    /// How a message spells a character that cannot be seen.
    fileprivate var spelling: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\0": "\\0"
        default: "\\u{" + String(value, radix: 16) + "}"
        }
    }
}
