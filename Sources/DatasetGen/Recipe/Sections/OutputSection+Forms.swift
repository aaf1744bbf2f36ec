extension ValueType where Value == [Stated<OutputSection>] {
    /// The outputs: a list of formats, or a map from formats to their options.
    ///
    /// An item of the list is a format or a map of one format to its options. In the map, nothing and `true` stand
    /// for the default options, and `false` turns a format off.
    static let outputs = ValueType(
        expectation: "a list or a section of sqlite, csv and jsonl",
        schema: .members(["anyOf": .array([listSchema, mapSchema])]),
        sections: OutputFormat.allCases.map { OutputSection.definition(for: $0).outline }
    ) { node, path, decoder in
        var outputs: [Stated<OutputSection>] = []
        switch node.content {
        case .list(let items):
            for (index, item) in items.enumerated() {
                outputs += decodeItem(item, at: path.appendingKey("\(index)"), with: &decoder)
            }
        case .map(let entries):
            for entry in entries where entry.value.truthValue != false {
                outputs += decodeEntry(entry, at: path.appendingKey(entry.key), with: &decoder)
            }
        case .scalar:
            decoder.reportMismatch(node, expected: "a list or a section of sqlite, csv and jsonl", at: path)
            return nil
        }
        for (index, output) in outputs.enumerated()
        where outputs[..<index].contains(where: { $0.value.format == output.value.format }) {
            decoder.report("\(output.value.format.rawValue) is listed twice", about: output)
        }
        if outputs.isEmpty, decoder.isSound(path) {
            decoder.report("no output is on; expected at least one of sqlite, csv, jsonl", at: node.origin, path: path)
        }
        return outputs
    } encode: { outputs in
        .object(
            outputs.map { output in
                JSONValue.Member(
                    key: output.value.format.rawValue,
                    value: OutputSection.definition(for: output.value.format).encode(output.value)
                )
            }
        )
    }

    private static func decodeItem(
        _ item: DocumentNode,
        at path: String,
        with decoder: inout RecipeDecoder
    ) -> [Stated<OutputSection>] {
        if case .map(let entries) = item.content {
            guard entries.count == 1 else {
                decoder.report("expected one format, found \(entries.count) keys", at: item.origin, path: path)
                return []
            }
            return decodeEntry(entries[0], at: path.appendingKey(entries[0].key), with: &decoder)
        }
        guard let format = ValueType<OutputFormat>.choice.decode(item, path, &decoder) else { return [] }
        return [Stated(OutputSection(format: format), keyPath: path, origin: item.origin)]
    }

    private static func decodeEntry(
        _ entry: DocumentNode.Entry,
        at path: String,
        with decoder: inout RecipeDecoder
    ) -> [Stated<OutputSection>] {
        guard let format = OutputFormat(rawValue: entry.key) else {
            let names = OutputFormat.allCases.map(\.rawValue)
            let hint = Suggestion.nearest(to: entry.key, among: names).map { "did you mean \($0)?" }
            decoder.report(
                "unknown format; " + (hint ?? "known: " + names.joined(separator: ", ")),
                at: entry.value.origin,
                path: path
            )
            return []
        }
        decoder.noteOrigin(entry.value.origin, of: path)
        var options: OutputSection?
        if entry.value.truthValue == true {
            options = OutputSection(format: format)
        } else {
            options = OutputSection.definition(for: format).decode(entry.value, at: path, with: &decoder)
        }
        return options.map { [Stated($0, keyPath: path, origin: entry.value.origin)] } ?? []
    }

    private static var mapSchema: JSONValue {
        .members([
            "type": .string("object"),
            "properties": .object(
                OutputFormat.allCases.map { format in
                    let options = OutputSection.definition(for: format).outline.reference
                    let choices: [JSONValue] = [.members(["type": .string("boolean")]), options]
                    return JSONValue.Member(key: format.rawValue, value: .members(["anyOf": .array(choices)]))
                }
            ),
            "additionalProperties": .literal("false"),
            "minProperties": .literal("1"),
        ])
    }

    private static var listSchema: JSONValue {
        let single = mapSchema.adding("maxProperties", .literal("1"))
        let names = JSONValue.enumeration(OutputFormat.allCases.map(\.rawValue))
        return .members([
            "type": .string("array"),
            "items": .members(["anyOf": .array([names, single])]),
            "minItems": .literal("1"),
        ])
    }
}
