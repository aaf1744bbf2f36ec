/// What a key's value may be: how it is read, how it is written, and how schema and documentation describe it.
struct ValueType<Value: Sendable>: Sendable {
    /// What is expected, for messages and documentation: `a number from 0 to 1`.
    var expectation: String
    /// The JSON Schema of the value.
    var schema: JSONValue
    /// The sections that the value consists of.
    var sections: [SectionOutline] = []
    /// Reads a value; reports and returns nil if it is not one.
    ///
    /// Nil without a report is as if the key were not there.
    var decode: @Sendable (DocumentNode, _ path: String, inout RecipeDecoder) -> Value?
    /// Writes a value so that it reads back the same.
    var encode: @Sendable (Value) -> JSONValue

    /// The type of lists of such values.
    func list(named plural: String, minimumCount: Int = 0, maximumCount: Int? = nil) -> ValueType<[Value]> {
        var schema = JSONValue.members(["type": .string("array"), "items": schema])
        if let maximumCount { schema = schema.adding("maxItems", .literal("\(maximumCount)")) }
        if minimumCount > 0 { schema = schema.adding("minItems", .literal("\(minimumCount)")) }
        return ValueType<[Value]>(
            expectation: "a list of \(plural)",
            schema: schema,
            sections: sections
        ) { node, path, decoder in
            guard case .list(let items) = node.content else {
                decoder.reportMismatch(node, expected: "a list of \(plural)", at: path)
                return nil
            }
            guard items.count >= minimumCount else {
                let problem = items.isEmpty ? "the list is empty" : "the list has \(items.count.grouped(of: "item"))"
                let least = minimumCount > 1 ? "at least \(minimumCount) " : ""
                decoder.report("\(problem); expected \(least)\(plural)", at: node.origin, path: path)
                return nil
            }
            if let maximumCount, items.count > maximumCount {
                let message =
                    "the list has \(items.count.grouped) \(plural); at most \(maximumCount.grouped) are possible"
                decoder.report(message, at: node.origin, path: path)
                return nil
            }
            var values: [Value] = []
            for (index, item) in items.enumerated() {
                let itemPath = path.appendingKey("\(index)")
                decoder.noteOrigin(item.origin, of: itemPath)
                if let value = decode(item, itemPath, &decoder) {
                    values.append(value)
                } else if item.isNull, decoder.isSound(itemPath) {
                    decoder.reportMismatch(item, expected: expectation, at: itemPath)
                }
            }
            return values
        } encode: { values in
            .array(values.map(encode))
        }
    }

    /// The type whose values keep the place where they were stated.
    var stated: ValueType<Stated<Value>> {
        ValueType<Stated<Value>>(expectation: expectation, schema: schema, sections: sections) { node, path, decoder in
            decode(node, path, &decoder).map { Stated($0, keyPath: path, origin: node.origin) }
        } encode: { statement in
            encode(statement.value)
        }
    }
}

extension ValueType {
    /// A type that is read from a scalar's text alone; `read` gives nil for text of another kind.
    static func scalar(
        expecting expectation: String,
        schema: JSONValue,
        read: @escaping @Sendable (DocumentNode) -> Value?,
        encode: @escaping @Sendable (Value) -> JSONValue
    ) -> ValueType {
        ValueType(expectation: expectation, schema: schema) { node, path, decoder in
            if let value = read(node) { return value }
            decoder.reportMismatch(node, expected: expectation, at: path)
            return nil
        } encode: { value in
            encode(value)
        }
    }

    /// This type with a further condition; `problem` gives a message for a value that does not meet it.
    func checked(_ problem: @escaping @Sendable (Value) -> String?) -> ValueType {
        var checked = self
        checked.decode = { [decode] node, path, decoder in
            guard let value = decode(node, path, &decoder) else { return nil }
            guard let message = problem(value) else { return value }
            decoder.report(message, at: node.origin, path: path)
            return nil
        }
        return checked
    }
}
