/// Reads YAML, and JSON as a part of it, into nodes that know where they stand.
package struct YAMLDocument {
    /// Limits that a hostile or broken document meets before it costs memory or time.
    enum Limit {
        static let bytes = 16 << 20
        static let nodes = 1_000_000
        static let depth = 64
        static let keyBytes = 256
        static let directives = 100
    }

    /// The document; null if the text is empty.
    package let root: DocumentNode
    /// Repeated keys and keys that are not text; the tree has only the first of a repeated key.
    let findings: RecipeFindings

    /// Reads a file's bytes.
    package init(bytes: [UInt8], name: String) throws(RecipeErrors) {
        do throws(YAMLProblem) {
            try self.init(RecipeText(bytes).bytes) { .file(name: name, line: $0.line, column: $0.column) }
        } catch {
            let origin = RecipeOrigin.file(name: name, line: error.position.line, column: error.position.column)
            throw RecipeErrors(RecipeDiagnostic(origin: origin, keyPath: error.keyPath, message: error.message))
        }
    }

    /// Reads the text of a value that `origin` states.
    package init(text: String, origin: RecipeOrigin) throws(RecipeErrors) {
        do throws(YAMLProblem) {
            try self.init(RecipeText(Array(text.utf8)).bytes) { _ in origin }
        } catch {
            throw RecipeErrors(RecipeDiagnostic(origin: origin, keyPath: error.keyPath, message: error.message))
        }
    }

    private init(_ text: [UInt8], origin: @escaping (TextPosition) -> RecipeOrigin) throws(YAMLProblem) {
        var composer = YAMLComposer(YAMLEventReader(text), origin: origin)
        let empty = DocumentNode(
            content: .scalar(text: "", isPlain: true),
            origin: origin(TextPosition(line: 1, column: 1))
        )
        root = try composer.document() ?? empty
        findings = composer.findings
    }
}
