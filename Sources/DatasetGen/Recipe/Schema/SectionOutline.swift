/// What schema and documentation say about a section.
struct SectionOutline: Sendable {
    /// The name of the definition in the schema and the heading in the documentation.
    var name: String
    /// One or two sentences.
    var summary: String
    /// The keys, in the order of the documentation and of the resolved recipe.
    var fields: [FieldOutline]
    /// Keys of which at most one may be given.
    var alternatives: [[String]]

    /// A JSON Schema that refers to the section's definition.
    var reference: JSONValue { .members(["$ref": .string("#/$defs/\(name)")]) }

    /// This section and all inside it, each once, outermost first.
    var all: [SectionOutline] {
        var sections: [SectionOutline] = []
        var pending = [self]
        while let next = pending.first {
            pending.removeFirst()
            guard !sections.contains(where: { $0.name == next.name }) else { continue }
            sections.append(next)
            pending += next.fields.flatMap(\.sections)
        }
        return sections
    }
}

/// What schema and documentation say about a key.
struct FieldOutline: Sendable {
    var name: String
    /// What the value may be.
    var expectation: String
    /// The default, as text; empty if there is none.
    var defaultText: String
    /// One line about what the key does.
    var summary: String
    /// Whether the section is wrong without it.
    var isRequired: Bool
    /// The JSON Schema of the value.
    var schema: JSONValue
    /// The sections that the value consists of.
    var sections: [SectionOutline]
    /// Whether the key is known from the reference only and has no effect.
    var isPassedOver = false
}
