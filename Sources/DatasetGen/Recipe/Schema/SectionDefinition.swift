/// The keys of a section and how it is read and written.
struct SectionDefinition<Section: Sendable>: Sendable {
    /// The name of the section's definition in the schema.
    var name: String
    /// One or two sentences for schema and documentation.
    var summary: String
    /// The keys.
    var fields: [Field<Section>]
    /// Keys of which at most one may be given; of several from sources of unequal strength the strongest stands.
    var alternatives: [[String]] = []
    /// Keys that belong elsewhere, with a message that says where.
    var strangers: [String: String] = [:]
    /// A section without values.
    var empty: @Sendable () -> Section

    /// What schema and documentation say.
    var outline: SectionOutline {
        SectionOutline(name: name, summary: summary, fields: fields.map(\.outline), alternatives: alternatives)
    }

    /// Reads a section; nil if the node is none.
    ///
    /// What is wrong inside is reported, and its key left without a value.
    func decode(_ node: DocumentNode, at path: String, with decoder: inout RecipeDecoder) -> Section? {
        guard let entries = node.entries else {
            decoder.reportMismatch(node, expected: "a section", at: path)
            return nil
        }
        var section = empty()
        var discarded = empty()
        let displaced = displacedKeys(of: entries, at: path, with: &decoder)
        for entry in entries {
            let keyPath = path.appendingKey(entry.key)
            guard let field = fields.first(where: { $0.outline.name == entry.key }) else {
                decoder.report(explanation(ofUnknown: entry.key, at: path), at: entry.value.origin, path: keyPath)
                continue
            }
            if displaced.contains(entry.key) {
                field.decode(entry.value, keyPath, &discarded, &decoder)
            } else {
                decoder.noteOrigin(entry.value.origin, of: keyPath)
                decoder.noteUse(of: entry.key, in: name, at: keyPath, entry.value.origin)
                field.decode(entry.value, keyPath, &section, &decoder)
            }
        }
        for field in fields where field.outline.isRequired && !entries.contains(where: { $0.key == field.outline.name })
        {
            decoder.report("the key \(field.outline.name) is missing", at: node.origin, path: path)
        }
        return section
    }

    /// The section as an object of the keys that have a value.
    func encode(_ section: Section) -> JSONValue {
        .object(
            fields.compactMap { field in
                field.encode(section).map { JSONValue.Member(key: field.outline.name, value: $0) }
            }
        )
    }

    /// The alternatives that give way to a stronger one; reports those of equal strength.
    private func displacedKeys(
        of entries: [DocumentNode.Entry],
        at path: String,
        with decoder: inout RecipeDecoder
    ) -> Set<String> {
        var displaced: Set<String> = []
        for group in alternatives {
            let present = entries.filter { group.contains($0.key) }
            guard present.count > 1, let strongest = present.map(\.value.origin.strength).max() else { continue }
            let standing = present.filter { $0.value.origin.strength == strongest }
            displaced.formUnion(present.map(\.key))
            displaced.remove(standing[0].key)
            for entry in standing.dropFirst() {
                decoder.report(
                    "cannot be given together with \(standing[0].key)",
                    at: entry.value.origin,
                    path: path.appendingKey(entry.key)
                )
            }
        }
        return displaced
    }

    private func explanation(ofUnknown key: String, at path: String) -> String {
        if let message = strangers[key] { return message }
        let names = fields.filter { !$0.outline.isPassedOver }.map(\.outline.name)
        if let nearest = Suggestion.nearest(to: key, among: names) {
            return "unknown key; did you mean \(nearest)?"
        }
        if let home = RecipeKeys.paths(endingWith: key).first {
            if home == key { return "unknown key here; it stands at the top of a recipe" }
            return "unknown key here; did you mean \(home)?"
        }
        return "unknown key; known here: " + names.joined(separator: ", ")
    }
}

extension ValueType {
    /// A section.
    ///
    /// Nothing behind its key, as when all below is commented out, counts as if the key were not there, or else as a
    /// section without keys.
    static func section(_ definition: SectionDefinition<Value>, emptyIfNull isEmptyIfNull: Bool = false) -> ValueType {
        ValueType(
            expectation: "a section",
            schema: definition.outline.reference,
            sections: [definition.outline]
        ) { node, path, decoder in
            node.isNull && !isEmptyIfNull ? nil : definition.decode(node, at: path, with: &decoder)
        } encode: { section in
            definition.encode(section)
        }
    }
}
