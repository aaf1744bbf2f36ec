/// What decoding a recipe finds besides its values: mistakes, origins, keys that only the live mode uses.
struct RecipeDecoder: Sendable {
    /// The mistakes so far.
    private(set) var findings: RecipeFindings
    /// Where each key was stated.
    private(set) var origins: [String: RecipeOrigin] = [:]
    /// The keys of the recipe that only the live mode uses.
    private(set) var liveOnlyKeys: [String] = []

    /// The keys of the reference that mean nothing here, each once, the numbers of list items left out.
    private(set) var passedOverKeys: [String] = []

    init(findings: RecipeFindings = RecipeFindings()) {
        self.findings = findings
    }

    /// Reports a mistake.
    mutating func report(_ message: @autoclosure () -> String, at origin: RecipeOrigin?, path: String) {
        findings.add(message(), at: origin, path: path)
    }

    /// Reports a mistake in a stated value.
    mutating func report<Value>(_ message: String, about statement: Stated<Value>) {
        report(message, at: statement.origin, path: statement.keyPath)
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

    /// Remembers a key that only the live mode uses, unless it comes from the environment, which is not the recipe's.
    mutating func noteLiveOnly(_ path: String, at origin: RecipeOrigin) {
        if case .environment = origin { return }
        liveOnlyKeys.append(path)
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
