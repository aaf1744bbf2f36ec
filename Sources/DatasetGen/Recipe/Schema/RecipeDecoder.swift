/// What decoding a recipe finds besides its values: mistakes, origins, keys that do not count in every mode.
struct RecipeDecoder: Sendable {
    /// The mistakes so far.
    private(set) var findings: RecipeFindings
    /// Where each key was stated.
    private(set) var origins: [String: RecipeOrigin] = [:]
    /// The keys that do not count in every mode.
    private(set) var uses = KeyUses()

    /// The keys of the reference that mean nothing here, each once, the numbers of list items left out.
    private(set) var passedOverKeys: [String] = []

    init(findings: RecipeFindings = RecipeFindings()) {
        self.findings = findings
    }

    /// Reports a mistake.
    mutating func report(_ message: @autoclosure () -> String, at origin: RecipeOrigin?, path: String) {
        findings.add(message(), at: origin, path: path)
    }

    /// Reports what others have found.
    mutating func report(_ diagnostic: RecipeDiagnostic) { findings.add([diagnostic]) }

    /// Reports a mistake in a stated value.
    mutating func report<Value>(_ message: String, about statement: Stated<Value>) {
        findings.addOnce(message, at: statement.origin, path: statement.keyPath)
    }

    /// Reports a value of another kind than the key's.
    mutating func reportMismatch(
        _ node: DocumentNode,
        expected: String,
        at path: String,
        suggestion: String? = nil
    ) {
        let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
        let message =
            node.isNull
            ? "the value is missing; expected \(expected)" : "expected \(expected), found \(node.found)\(hint)"
        report(message, at: node.origin, path: path)
    }

    /// Remembers where a key was stated.
    mutating func noteOrigin(_ origin: RecipeOrigin, of path: String) {
        origins[path] = origin
    }

    /// Remembers when a key counts.
    mutating func noteUse(of key: String, in section: String, at path: String, _ origin: RecipeOrigin) {
        let modes = UseTable.modes(ofKey: key, in: section) ?? .always
        // What is passed over is told of already.
        if !modes.isEmpty { uses.add(path, at: origin, modes: modes) }
    }

    /// Remembers a key that means nothing here.
    mutating func notePassedOver(_ path: String) {
        let key = path.split(separator: ".").filter { Int($0) == nil }.joined(separator: ".")
        if !passedOverKeys.contains(key) { passedOverKeys.append(key) }
    }

    /// Whether nothing is wrong with a key and with all below it.
    func isSound(_ path: String) -> Bool {
        !findings.diagnostics.contains { $0.keyPath == path || $0.keyPath.hasPrefix(path + ".") }
    }
}
