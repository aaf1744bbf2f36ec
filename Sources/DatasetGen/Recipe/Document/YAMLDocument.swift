internal import Yams

/// Reads YAML, and JSON as a part of it, into nodes that know where they stand.
struct YAMLDocument {
    /// Limits that a hostile or broken document meets before it costs memory or time.
    enum Limit {
        static let bytes = 16 << 20
        static let nodes = 1_000_000
        static let depth = 64
        static let repeatedKeys = 50
    }

    /// The document; null if the text is empty.
    let root: DocumentNode
    /// Repeated keys and keys that are not text; the tree has only the first of a repeated key.
    let diagnostics: [RecipeDiagnostic]

    /// Reads a file's bytes.
    init(bytes: [UInt8], name: String) throws(RecipeErrors) {
        func failure(_ message: String, line: Int = 1, column: Int = 1) -> RecipeErrors {
            RecipeErrors(
                RecipeDiagnostic(
                    origin: .file(name: name, line: line, column: column),
                    keyPath: "",
                    message: message
                )
            )
        }
        guard bytes.count <= Limit.bytes else { throw failure("the file is larger than 16 MiB") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let valid = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\u{FFFD}" }
            let position = TextPosition(atEndOf: valid)
            throw failure("the file is not UTF-8 text", line: position.line, column: position.column)
        }
        try self.init(text: text) { .file(name: name, line: $0, column: $1) }
    }

    /// Reads text whose positions `origin` names.
    init(text: String, origin: @escaping (_ line: Int, _ column: Int) -> RecipeOrigin) throws(RecipeErrors) {
        var repair = RepeatedKeyRepair(text: text)
        let composed: Yams.Node?
        do {
            composed = try repair.compose()
        } catch {
            let position = error.position(in: text)
            throw RecipeErrors(
                RecipeDiagnostic(
                    origin: origin(position.line, position.column),
                    keyPath: "",
                    message: error.explanation
                )
            )
        }
        guard let composed else {
            root = DocumentNode(content: .scalar(text: "", isPlain: true), origin: origin(1, 1))
            diagnostics = []
            return
        }
        var builder = TreeBuilder(keyNames: repair.keyNames, origin: origin)
        do {
            root = try builder.node(from: composed, at: origin(1, 1), path: "", depth: 0)
        } catch {
            throw RecipeErrors(
                RecipeDiagnostic(origin: error.origin, keyPath: error.keyPath, message: error.message)
            )
        }
        diagnostics = builder.diagnostics
    }
}

/// A line and a column of a text, both from 1; the column counts Unicode scalars.
struct TextPosition: Hashable {
    var line = 1
    var column = 1

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The position just behind `text`.
    init(atEndOf text: some StringProtocol) {
        for character in text {
            if character.isNewline {
                line += 1
                column = 1
            } else {
                column += character.unicodeScalars.count
            }
        }
    }
}
