extension JSONValue {
    /// Scalars that a key of text accepts: YAML reads `1.4` and `no` as a number and a truth value, the recipe as text.
    static let anyScalar = JSONValue.members([
        "type": .array([.string("string"), .string("number"), .string("boolean")])
    ])

    static func enumeration(_ names: [String]) -> JSONValue {
        .members(["enum": .array(names.map { .string($0) })])
    }

    static func pattern(_ pattern: String) -> JSONValue {
        .members(["type": .string("string"), "pattern": .string(pattern)])
    }
}

extension ValueType where Value == String {
    /// Text on one line, kept as the recipe writes it: `1.10` stays `1.10`.
    static let text = text(expecting: "text", limit: textLimit)

    private static var textLimit: Int { 256 }

    /// A path of a file.
    static let path = text(expecting: "a path", limit: pathLimit)

    private static var pathLimit: Int { 4_096 }

    /// Text that may have several lines.
    static let prose = text(expecting: "text", limit: 100_000, isOneLine: false)

    private static func text(expecting expectation: String, limit: Int, isOneLine: Bool = true) -> ValueType {
        scalar(expecting: expectation, schema: .anyScalar) {
            $0.text
        } encode: {
            .string($0)
        }
        .checked { problem(of: $0, limit: limit, isOneLine: isOneLine) }
    }

    /// What is wrong with the path of a file that a recipe names; nil if nothing.
    static func pathProblem(of text: String) -> String? { problem(of: text, limit: pathLimit, isOneLine: true) }

    /// What is wrong with text on one line; nil if nothing.
    static func textProblem(of text: String) -> String? { problem(of: text, limit: textLimit, isOneLine: true) }

    private static func problem(of text: String, limit: Int, isOneLine: Bool) -> String? {
        if text.isEmpty, isOneLine { return "the text is empty" }
        if text.utf8.count > limit { return "the text is longer than \(limit) bytes" }
        for scalar in text.unicodeScalars {
            // What other programs stop at, take for the end of a record, or refuse: XML has no U+FFFE and U+FFFF.
            if scalar.properties.generalCategory == .control, isOneLine || !"\t\n\r".unicodeScalars.contains(scalar) {
                return isOneLine
                    ? "the text has a control character or a line break" : "the text has a control character"
            }
            if scalar.value & 0xFFFE == 0xFFFE { return "the text has a code point that is no character" }
        }
        return nil
    }

    /// A name that serves as that of a folder on every system.
    static let folderName =
        text.checked { name in
            let isPlain = name.utf8.allSatisfy { byte in
                let letter = Unicode.Scalar(byte)
                return ("a"..."z").contains(letter) || ("A"..."Z").contains(letter) || ("0"..."9").contains(letter)
                    || letter == "." || letter == "_" || letter == "-"
            }
            guard isPlain, !name.hasPrefix("."), !name.hasPrefix("-"), name.utf8.count <= 100 else {
                return "\"\(name)\" cannot name a folder; use up to 100 letters, digits, '.', '_' and '-', "
                    + "no '.' or '-' first"
            }
            // What is being written is called so, and a name must not be taken for it.
            if name.hasSuffix(".partial") { return "\"\(name)\" ends in .partial, as unfinished datasets do" }
            return nil
        }
        .describing(
            "a name of up to 100 letters, digits, `.`, `_` and `-`, not beginning with `.` or `-`, not ending in `.partial`"
        )

    /// A day, kept as text.
    static let day = scalar(
        expecting: "a day such as 2025-03-24",
        schema: .pattern("^\\d{4}-\\d{2}-\\d{2}$")
    ) { node in
        node.text.flatMap { $0.utf8.count == 10 && SimulatedTime(parsing: $0) != nil ? $0 : nil }
    } encode: {
        .string($0)
    }

    /// A time zone's name in the IANA database.
    static let timezone = scalar(
        expecting: "an IANA time zone such as America/Denver",
        schema: .pattern("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$")
    ) { node in
        node.text.flatMap { $0.utf8.count <= 256 && $0.isTimezoneName ? $0 : nil }
    } encode: {
        .string($0)
    }

    private func describing(_ expectation: String) -> ValueType {
        var described = self
        described.expectation = expectation
        return described
    }
}

extension ValueType where Value == FirmwareVersion {
    /// A version of a firmware.
    static let firmwareVersion = scalar(
        expecting: "a version such as 1.4 or 3.0.0-beta.1",
        schema: .members(["type": .array([.string("string"), .string("number")])])
    ) { node in
        node.text.flatMap { $0.utf8.count <= 256 ? FirmwareVersion($0) : nil }
    } encode: {
        .string($0.text)
    }
}

extension ValueType where Value == Bool {
    /// `true` or `false`.
    static let bool = scalar(
        expecting: "true or false",
        schema: .members([
            "enum": .array(
                ["true", "false", "1", "0"].map { .literal($0) }
                    + DocumentNode.truthValues.keys.filter { $0.count > 1 }.sorted().map { .string($0) }
            )
        ])
    ) {
        $0.truthValue
    } encode: {
        .literal("\($0)")
    }
}

extension ValueType where Value: RawRepresentable<String> & CaseIterable {
    /// One of the cases' names.
    static var choice: ValueType { choice(among: Value.allCases.map(\.rawValue)) }

    /// One of some of the cases' names.
    static func choice(among names: [String]) -> ValueType {
        let expectation = "one of " + names.joined(separator: ", ")
        return ValueType(expectation: expectation, schema: .enumeration(names)) { node, path, decoder in
            if let text = node.text, names.contains(text), let value = Value(rawValue: text) { return value }
            let nearest = node.text.flatMap { Suggestion.nearest(to: $0, among: names) }
            decoder.reportMismatch(node, expected: expectation, at: path, suggestion: nearest)
            return nil
        } encode: {
            .string($0.rawValue)
        }
    }

    /// One of some cases' names; of another case, `reason` says why it is none of them.
    static func choice(
        of values: [Value],
        otherwise reason: @escaping @Sendable (Value) -> String
    ) -> ValueType where Value: Equatable {
        var type = choice(among: values.map(\.rawValue))
        type.decode = { [decode = type.decode] node, path, decoder in
            guard let other = node.text.flatMap(Value.init(rawValue:)), !values.contains(other) else {
                return decode(node, path, &decoder)
            }
            decoder.report(reason(other), at: node.origin, path: path)
            return nil
        }
        return type
    }
}

extension String {
    /// Whether this has the form of a name in the IANA time zone database: words joined by `/`.
    fileprivate var isTimezoneName: Bool {
        let isWord = { (part: Substring) in
            !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0)) }
        }
        let parts = split(separator: "/", omittingEmptySubsequences: false)
        return first?.isLetter == true && parts.allSatisfy(isWord)
    }
}
