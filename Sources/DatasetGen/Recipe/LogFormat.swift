/// How a line of the log is laid out: what `logging.format` says.
///
/// ```swift
/// try LogFormat(parsing: "%(asctime)s %(levelname)-8s %(message)s")
/// ```
///
/// Placeholders are those of Python's `logging` module, as far as a program that is not Python knows what they stand for.
package enum LogFormat: Hashable, Sendable {
    /// One JSON object a line.
    case json
    /// Text and placeholders in turn.
    case pieces([Piece])

    /// A part of a layout.
    package enum Piece: Hashable, Sendable {
        case text(String)
        case placeholder(Placeholder)
    }

    /// `%(levelname)-8s`: a value, the width it is brought to, and on which side.
    package struct Placeholder: Hashable, Sendable {
        package var field: Field
        package var isLeftAligned = false
        package var isZeroPadded = false
        package var width = 0
        /// The most characters that are kept of a text.
        package var limit: Int?
    }

    /// What a placeholder stands for.
    package enum Field: String, CaseIterable, Sendable {
        case asctime
        case created
        case levelname
        case levelno
        case message
        case msecs
        case name
        case process

        /// Whether the value is a number.
        var isNumber: Bool { [.created, .levelno, .msecs, .process].contains(self) }
    }

    /// The layout where a recipe states none.
    package static let standard = LogFormat.pieces([
        .placeholder(Placeholder(field: .asctime)), .text(" "), .placeholder(Placeholder(field: .levelname)),
        .text(" "),
        .placeholder(Placeholder(field: .message)),
    ])

    /// Reads `text`, `json`, in any case, or a layout with placeholders.
    ///
    /// - Throws: ``LogFormatError`` where lines would lack the message, or show what nobody can fill in.
    package init(parsing text: String) throws(LogFormatError) {
        switch text.lowercased() {
        case "json": self = .json
        case "text": self = .standard
        default:
            let pieces = try Self.pieces(of: text)
            let fields = pieces.compactMap { piece in
                if case .placeholder(let placeholder) = piece { placeholder.field } else { nil }
            }
            guard fields.contains(.message) else { throw .noMessage(text) }
            self = .pieces(pieces)
        }
    }

    private static func pieces(of text: String) throws(LogFormatError) -> [Piece] {
        var pieces: [Piece] = []
        var literal = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "%" else {
                literal.append(character)
                continue
            }
            if rest.first == "%" {
                literal.append(rest.removeFirst())
                continue
            }
            if !literal.isEmpty { pieces.append(.text(literal)) }
            literal = ""
            pieces.append(.placeholder(try placeholder(takenFrom: &rest)))
        }
        return literal.isEmpty ? pieces : pieces + [.text(literal)]
    }

    /// What stands behind a `%`.
    ///
    /// Source: Python, "printf-style String Formatting": `%(name)`, flags, width, precision, type.
    private static func placeholder(takenFrom rest: inout Substring) throws(LogFormatError) -> Placeholder {
        guard rest.first == "(", let end = rest.firstIndex(of: ")") else { throw .lonePercent }
        let name = String(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...]
        guard let field = Field(rawValue: name) else { throw .unknown(name) }
        var placeholder = Placeholder(field: field)
        while let flag = rest.first, "-0 +#".contains(flag) {
            if flag == "-" { placeholder.isLeftAligned = true }
            if flag == "0" { placeholder.isZeroPadded = field.isNumber }
            rest.removeFirst()
        }
        placeholder.width = number(takenFrom: &rest) ?? 0
        if rest.first == "." {
            rest.removeFirst()
            placeholder.limit = number(takenFrom: &rest) ?? 0
        }
        guard let type = rest.popFirst(), type == "s" || field.isNumber && "dif".contains(type),
            placeholder.width <= 200
        else { throw .badPlaceholder(name, isNumber: field.isNumber) }
        if type != "s" { placeholder.limit = nil }
        return placeholder
    }

    private static func number(takenFrom rest: inout Substring) -> Int? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty ? nil : Int(digits) ?? 1_000
    }
}

/// Why a text is no layout of the log.
package enum LogFormatError: Error, Hashable, CustomStringConvertible {
    /// It has no place for the message.
    case noMessage(String)
    /// A `%` that begins nothing.
    case lonePercent
    /// A placeholder that nothing fills in.
    case unknown(String)
    /// A known placeholder whose width or type makes no sense.
    case badPlaceholder(String, isNumber: Bool)

    package var description: String {
        switch self {
        case .noMessage(let text) where text.contains("{") || text.contains("$"):
            "\(text.quoted) has no %(message)s; placeholders are written %(asctime)s %(message)s, not {asctime} or $asctime"
        case .noMessage(let text):
            "\(text.quoted) has no %(message)s, so that the log would say nothing; write text, json, or a layout such as "
                + "%(asctime)s %(levelname)s %(message)s"
        case .lonePercent:
            "a % begins a placeholder such as %(message)s; write %% for the sign itself"
        case .unknown(let name):
            "%(\(name.excerpt)) is not known here; known: "
                + LogFormat.Field.allCases.map { "%(\($0.rawValue))" }.joined(separator: ", ")
        case .badPlaceholder(let name, let isNumber):
            "%(\(name)) ends in " + (isNumber ? "s or d" : "s") + ", such as %(\(name))"
                + (isNumber ? "03d" : "-8s") + ", and is at most 200 wide"
        }
    }
}

extension ValueType where Value == String {
    /// The layout of the log's lines, kept as the recipe writes it.
    static let logFormat = text.checked { text in
        do throws(LogFormatError) {
            _ = try LogFormat(parsing: text)
            return nil
        } catch { return error.description }
    }
}
