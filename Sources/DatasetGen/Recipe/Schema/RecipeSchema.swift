/// The language of recipes for editors and readers, from the declarations that ``RecipeReader`` reads by.
public enum RecipeSchema {
    /// A JSON Schema of recipes, draft 2020-12.
    ///
    /// Every recipe that the reader accepts is valid; keys that depend on one another are checked by the reader alone.
    public static func json() -> String {
        let root = RecipeSection.definition.outline
        let definitions = root.all.dropFirst()
            .map { section in
                JSONValue.Member(key: section.name, value: section.schema)
            }
        var schema = JSONValue.members([
            "$schema": .string("https://json-schema.org/draft/2020-12/schema"), "title": .string("gen-dataset recipe"),
        ])
        if case .object(let members) = root.schema {
            for member in members { schema = schema.adding(member.key, member.value) }
        }
        return schema.adding("$defs", .object(Array(definitions))).prettyText
    }

    /// The reference of all keys as Markdown: a heading and a table for each section, then the environment variables.
    public static func markdown() -> String {
        let sections = RecipeSection.definition.outline.all.map(\.markdown)
        var variables = "### Environment variables\n\n| variable | sets | meaning |\n| --- | --- | --- |\n"
        for variable in EnvironmentVariable.all {
            variables += "| `\(variable.name)` | `\(variable.path)` | \(variable.summary) |\n"
        }
        return (sections + [variables]).joined(separator: "\n")
    }
}

extension SectionOutline {
    /// A JSON Schema of the section; nothing behind its key stands for an empty one.
    fileprivate var schema: JSONValue {
        var schema = JSONValue.members([
            "description": .string(summary),
            "type": .array([.string("object"), .string("null")]),
            "properties": .object(fields.map { JSONValue.Member(key: $0.name, value: $0.describedSchema) }),
            "additionalProperties": .literal("false"),
        ])
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema = schema.adding("required", .array(required)) }
        let exclusions = alternatives.flatMap(Self.pairs)
            .map { pair in
                let both: JSONValue = .members([
                    "type": .string("object"), "required": .array(pair.map { .string($0) }),
                ])
                return JSONValue.members(["not": both])
            }
        return exclusions.isEmpty ? schema : schema.adding("allOf", .array(exclusions))
    }

    private static func pairs(of names: [String]) -> [[String]] {
        names.indices.flatMap { first in names[(first + 1)...].map { [names[first], $0] } }
    }

    fileprivate var markdown: String {
        var text = "### `\(name)`\n\n\(summary)\n\n| key | value | default | meaning |\n| --- | --- | --- | --- |\n"
        for field in fields {
            let links = field.sections.map { "[`\($0.name)`](#\($0.name))" }.joined(separator: ", ")
            let value = field.expectation + (links.isEmpty ? "" : ": " + links)
            let cells = ["`\(field.name)`", value, field.isRequired ? "required" : field.defaultText, field.summary]
            text += "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
        }
        return text
    }
}

extension FieldOutline {
    /// The schema of the value with what an editor shows about the key.
    fileprivate var describedSchema: JSONValue {
        let note = defaultText.isEmpty ? "" : " Default: \(defaultText)."
        let described = schema.adding("description", .string(summary + note))
        return jsonDefault.map { described.adding("default", $0) } ?? described
    }

    /// The default as a value, where it is a number, a truth value or one of a few names.
    private var jsonDefault: JSONValue? {
        let node = DocumentNode(content: .scalar(text: defaultText, isPlain: true), origin: .option(""))
        if node.numberText != nil || defaultText == "true" || defaultText == "false" { return .literal(defaultText) }
        guard case .object(let members) = schema,
            case .array(let names)? = members.first(where: { $0.key == "enum" })?.value
        else { return nil }
        return names.contains(.string(defaultText)) ? .string(defaultText) : nil
    }
}
