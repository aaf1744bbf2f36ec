extension ValueType where Value == OutputsSection {
    /// The outputs: a list of formats, or a map from formats to their options, and in both `clean`.
    ///
    /// An item of the list is a format or a map of one format to its options. In the map, nothing and `true` stand
    /// for the default options, and `false` turns a format off. Where only `clean` is given, all formats are written.
    static let outputs = ValueType(
        expectation: outputsExpectation,
        schema: .members(["anyOf": .array([listSchema, mapSchema])]),
        sections: OutputFormat.allCases.map { OutputSection.definition(for: $0).outline }
    ) { node, path, decoder in
        var outputs = OutputsSection()
        switch node.content {
        case .list(let items):
            for (index, item) in items.enumerated() {
                decodeItem(item, at: path.appendingKey("\(index)"), into: &outputs, with: &decoder)
            }
        case .map(let entries):
            for entry in entries {
                decodeEntry(entry, at: path.appendingKey(entry.key), into: &outputs, with: &decoder)
            }
            // Formats that are all turned off are not the same as none named.
            let named = entries.contains { $0.key != cleanKey }
            if outputs.formats.isEmpty, named, decoder.isSound(path) { reportNone(node, path, &decoder) }
        case .scalar:
            decoder.reportMismatch(node, expected: outputsExpectation, at: path)
            return nil
        }
        let formats = outputs.formats
        for (index, output) in formats.enumerated()
        where formats[..<index].contains(where: { $0.value.format == output.value.format }) {
            decoder.report("\(output.value.format.rawValue) is listed twice", about: output)
        }
        if formats.isEmpty, outputs.includesCleanTwin == nil, decoder.isSound(path) { reportNone(node, path, &decoder) }
        return outputs
    } encode: { outputs in
        .object(
            outputs.formats.map { output in
                JSONValue.Member(
                    key: output.value.format.rawValue,
                    value: OutputSection.definition(for: output.value.format).encode(output.value)
                )
            }
                + (outputs.includesCleanTwin.map {
                    [.init(key: cleanKey, value: ValueType<Bool>.bool.encode($0.value))]
                } ?? [])
        )
    }

    private static var outputsExpectation: String {
        "a list or a section of \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")) and \(cleanKey)"
    }

    /// What ``UseTable`` calls the outputs.
    private static var section: String { "outputs" }

    /// The key that adds the healthy twin.
    static var cleanKey: String { "clean" }

    private static func reportNone(_ node: DocumentNode, _ path: String, _ decoder: inout RecipeDecoder) {
        let names = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
        decoder.report("no output is on; expected at least one of \(names)", at: node.origin, path: path)
    }

    private static func decodeItem(
        _ item: DocumentNode,
        at path: String,
        into outputs: inout OutputsSection,
        with decoder: inout RecipeDecoder
    ) {
        if case .map(let entries) = item.content {
            guard entries.count == 1 else {
                decoder.report("expected one format, found \(entries.count) keys", at: item.origin, path: path)
                return
            }
            decodeEntry(entries[0], at: path.appendingKey(entries[0].key), into: &outputs, with: &decoder)
        } else if item.text == cleanKey {
            outputs.includesCleanTwin = Stated(true, keyPath: path, origin: item.origin)
        } else if let format = ValueType<OutputFormat>.choice.decode(item, path, &decoder) {
            decoder.noteUse(of: format.rawValue, in: section, at: "outputs." + format.rawValue, item.origin)
            outputs.formats.append(Stated(OutputSection(format: format), keyPath: path, origin: item.origin))
        }
    }

    private static func decodeEntry(
        _ entry: DocumentNode.Entry,
        at path: String,
        into outputs: inout OutputsSection,
        with decoder: inout RecipeDecoder
    ) {
        if entry.key == cleanKey {
            decoder.noteOrigin(entry.value.origin, of: path)
            outputs.includesCleanTwin = ValueType<Bool>.bool.stated.decode(entry.value, path, &decoder)
            return
        }
        guard let format = OutputFormat(rawValue: entry.key) else {
            let names = OutputFormat.allCases.map(\.rawValue) + [cleanKey]
            let hint = Suggestion.nearest(to: entry.key, among: names).map { "did you mean \($0)?" }
            decoder.report(
                "unknown format; " + (hint ?? "known: " + names.joined(separator: ", ")),
                at: entry.value.origin,
                path: path
            )
            return
        }
        if entry.value.truthValue == false { return }
        decoder.noteOrigin(entry.value.origin, of: path)
        // A section of options is looked at key by key, unless the same is to be said of each.
        if UseTable.isUniform(format) || entry.value.entries?.isEmpty ?? true {
            decoder.noteUse(of: entry.key, in: section, at: path, entry.value.origin)
        }
        let options =
            entry.value.truthValue == true
            ? OutputSection(format: format)
            : OutputSection.definition(for: format).decode(entry.value, at: path, with: &decoder)
        if let options { outputs.formats.append(Stated(options, keyPath: path, origin: entry.value.origin)) }
    }

    private static var mapSchema: JSONValue {
        .members([
            "type": .string("object"),
            "properties": .object(
                OutputFormat.allCases.map { format in
                    let options = OutputSection.definition(for: format).outline.reference
                    let choices: [JSONValue] = [ValueType<Bool>.bool.schema, options]
                    return JSONValue.Member(key: format.rawValue, value: .members(["anyOf": .array(choices)]))
                } + [JSONValue.Member(key: cleanKey, value: ValueType<Bool>.bool.schema)]
            ),
            "additionalProperties": .literal("false"),
            "minProperties": .literal("1"),
        ])
    }

    private static var listSchema: JSONValue {
        let single = mapSchema.adding("maxProperties", .literal("1"))
        let names = JSONValue.enumeration(OutputFormat.allCases.map(\.rawValue) + [cleanKey])
        return .members([
            "type": .string("array"),
            "items": .members(["anyOf": .array([names, single])]),
            "minItems": .literal("1"),
        ])
    }
}
