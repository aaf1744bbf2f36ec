import DatasetGen

/// The text of a picture in Scalable Vector Graphics, or of a page in HTML, element by element.
///
/// What it writes is well-formed XML; HTML takes it as well, as long as only elements that never have content are written
/// without any.
struct MarkupDocument {
    /// What has been written.
    private(set) var text = ""
    private var depth = 0

    /// Writes an element without content.
    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        line("<\(name)\(Self.written(attributes))/>")
    }

    /// Writes an element with text.
    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        line("<\(name)\(Self.written(attributes))>\(Self.escaped(text))</\(name)>")
    }

    /// Writes an element with the elements that `content` writes.
    mutating func element(
        _ name: String,
        _ attributes: KeyValuePairs<String, String> = [:],
        content: (inout MarkupDocument) -> Void
    ) {
        line("<\(name)\(Self.written(attributes))>")
        depth += 1
        content(&self)
        depth -= 1
        line("</\(name)>")
    }

    /// Writes text between elements.
    mutating func text(_ text: String) { line(Self.escaped(text)) }

    /// Writes lines as they are: the declaration of a page, or its style sheet.
    mutating func verbatim(_ lines: String) { text += lines + "\n" }

    /// A length in the picture's pixels: a tenth is finer than any screen shows.
    static func number(_ value: Double) -> String {
        FixedPoint(rounding: value, decimals: 1).text
    }

    private mutating func line(_ line: String) {
        text += String(repeating: " ", count: depth) + line + "\n"
    }

    private static func written(_ attributes: KeyValuePairs<String, String>) -> String {
        attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
    }

    /// Text as XML may hold it.
    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            // XML 1.0, section 2.2: of the control characters only these three are characters.
            case "\t", "\n", "\r": escaped.append(scalar)
            case "\0"..<" ", "\u{fffe}", "\u{ffff}": escaped.append("\u{fffd}")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
