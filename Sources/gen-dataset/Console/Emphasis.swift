#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How a word stands out on a terminal that can show it; anywhere else it is the word alone.
enum Emphasis: Character {
    /// The heading of a table or a plot.
    case heading = "h"
    /// All is well.
    case good = "g"
    /// Something to know.
    case note = "n"
    /// Something is wrong.
    case bad = "b"

    /// Start and end of text (ECMA-48, section 5.2), which nothing shows: before and behind what stands out.
    private static let (begin, end): (Unicode.Scalar, Unicode.Scalar) = ("\u{02}", "\u{03}")

    /// The text so that ``rendered(_:inColours:plain:)`` knows it.
    func marking(_ text: String) -> String {
        "\(Character(Self.begin))\(rawValue)\(text)\(Character(Self.end))"
    }

    /// Selects how characters are shown (ECMA-48, section 8.3.117): bold, and of the colours that any terminal has.
    private var sequence: String {
        switch self {
        case .heading: "\u{1b}[1m"
        case .good: "\u{1b}[32m"
        case .note: "\u{1b}[36m"
        case .bad: "\u{1b}[1;31m"
        }
    }

    /// A text as it is written: what is marked stands out, or is as the rest.
    ///
    /// - Parameters:
    ///   - text: a text with marks.
    ///   - inColours: whether anything stands out.
    ///   - plain: what is made of the text itself, whose marks are none of a terminal's.
    /// - Returns: the text without marks.
    static func rendered(_ text: String, inColours: Bool, plain: (String) -> String) -> String {
        guard text.unicodeScalars.contains(begin) else { return plain(text) }
        var (rendered, piece) = ("", String.UnicodeScalarView())
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case begin:
                guard let emphasis = rest.first.flatMap({ Emphasis(rawValue: Character($0)) }) else {
                    piece.append(scalar)
                    continue
                }
                rest.removeFirst()
                rendered += plain(String(piece)) + (inColours ? emphasis.sequence : "")
                piece = String.UnicodeScalarView()
            case end:
                rendered += plain(String(piece)) + (inColours ? "\u{1b}[0m" : "")
                piece = String.UnicodeScalarView()
            default: piece.append(scalar)
            }
        }
        return rendered + plain(String(piece))
    }

    /// Whether what a descriptor leads to shows colours and its user wants them: a terminal that is more than a printer, and
    /// no `NO_COLOR` that says anything (no-color.org).
    static func isShown(on descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && value("NO_COLOR").isEmpty && !["", "dumb"].contains(value("TERM"))
    }

    private static func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
}
