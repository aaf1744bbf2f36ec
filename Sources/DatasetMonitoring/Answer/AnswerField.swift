import DatasetGen

/// A key of an answer: how its value is found, and how OpenAPI describes it.
struct AnswerField<Source>: Sendable {
    let name: String
    let summary: String
    let schema: JSONValue
    let value: @Sendable (Source) -> JSONValue

    init(_ name: String, _ type: AnswerType, _ summary: String, value: @escaping @Sendable (Source) -> JSONValue) {
        self.name = name
        self.summary = summary
        schema = type.schema
        self.value = value
    }

    /// A key whose value is an object.
    init(
        _ name: String,
        _ summary: String,
        _ fields: [AnswerField<Source>],
        isPresent: @escaping @Sendable (Source) -> Bool = { _ in true }
    ) {
        self.name = name
        self.summary = summary
        schema = fields.schema()
        value = { isPresent($0) ? fields.json(of: $0) : .null }
    }
}

extension Array {
    /// The object with these keys.
    func json<Source>(of source: Source) -> JSONValue where Element == AnswerField<Source> {
        .object(map { JSONValue.Member(key: $0.name, value: $0.value(source)) })
    }

    /// The schema of the object.
    func schema<Source>() -> JSONValue where Element == AnswerField<Source> {
        [
            "type": "object",
            "required": .array(map { .string($0.name) }),
            "properties": .object(map { JSONValue.Member(key: $0.name, value: $0.describedSchema) }),
        ]
    }
}

extension AnswerField {
    /// The value's schema with what it means.
    fileprivate var describedSchema: JSONValue {
        .object(schema.members + [JSONValue.Member(key: "description", value: .string(summary))])
    }
}
