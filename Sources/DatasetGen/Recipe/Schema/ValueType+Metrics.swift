extension ValueType where Value == ProcessParameters.Distribution {
    /// The name of a distribution, or its quantiles.
    static let distribution = {
        let names = ["normal", "lognormal", "uniform"]
        let list = ValueType<Double>.number().list(named: "rising numbers", minimumCount: 2)
        let expectation = "normal, lognormal, uniform, or quantiles: a list of rising numbers"
        let quantiles = JSONValue.members([
            "type": .string("object"), "properties": .members(["quantiles": list.schema]),
            "required": .array([.string("quantiles")]), "additionalProperties": .literal("false"),
        ])
        let schema = JSONValue.members(["anyOf": .array([.enumeration(names), quantiles])])
        return ValueType(expectation: expectation, schema: schema) { node, path, decoder in
            if case .map(let entries) = node.content, entries.count == 1, entries[0].key == "quantiles" {
                let keyPath = path.appendingKey("quantiles")
                return list.decode(entries[0].value, keyPath, &decoder).map { .quantiles($0) }
            }
            switch node.text {
            case "normal": return .normal
            case "lognormal": return .lognormal
            case "uniform": return .uniform
            default:
                let nearest = node.text.flatMap { Suggestion.nearest(to: $0, among: names) }
                decoder.reportMismatch(node, expected: expectation, at: path, suggestion: nearest)
                return nil
            }
        } encode: { distribution in
            switch distribution {
            case .normal: .string("normal")
            case .lognormal: .string("lognormal")
            case .uniform: .string("uniform")
            case .quantiles(let values): .members(["quantiles": list.encode(values)])
            }
        }
    }()
}

extension ValueType where Value == [MetricDeclaration.StateParameters.Share] {
    /// A map from states to their shares.
    static let stateShares = numbers(
        expecting: "a section of 2 to 64 states, each with its share of the time",
        count: 2...64,
        ValueType<Double>.number(.above(0, to: 1))
    ) {
        MetricDeclaration.StateParameters.Share(name: $0, share: $1)
    } parts: {
        ($0.name, $0.share)
    }
}

extension ValueType {
    /// A map from some names to numbers.
    static func numbers<Item>(
        expecting expectation: String,
        count: ClosedRange<Int>,
        _ number: ValueType<Double>,
        item: @escaping @Sendable (String, Double) -> Item,
        parts: @escaping @Sendable (Item) -> (name: String, number: Double)
    ) -> ValueType<[Item]> where Value == [Item] {
        let schema = JSONValue.members([
            "type": .string("object"), "additionalProperties": number.schema,
            "minProperties": .literal(String(count.lowerBound)), "maxProperties": .literal(String(count.upperBound)),
        ])
        return ValueType<[Item]>(expectation: expectation, schema: schema) { node, path, decoder in
            guard let entries = node.entries, count.contains(entries.count) else {
                decoder.reportMismatch(node, expected: expectation, at: path)
                return nil
            }
            return entries.compactMap { entry in
                let keyPath = path.appendingKey(entry.key)
                decoder.noteOrigin(entry.value.origin, of: keyPath)
                return number.decode(entry.value, keyPath, &decoder).map { item(entry.key, $0) }
            }
        } encode: { items in
            .object(items.map { JSONValue.Member(key: parts($0).name, value: number.encode(parts($0).number)) })
        }
    }
}

extension ValueType where Value == String {
    /// The name of a metric; which ones there are, the rest of the recipe says.
    static let metricName = {
        let expectation = "the name of a metric"
        let pattern = JSONValue.members(["type": .string("string"), "pattern": .string(MetricName.pattern)])
        let schema = JSONValue.members([
            "anyOf": .array([.enumeration(StandardMetric.allCases.map(\.name)), pattern])
        ])
        return ValueType(expectation: expectation, schema: schema) { node, path, decoder in
            guard let name = node.text else {
                decoder.reportMismatch(node, expected: expectation, at: path)
                return nil
            }
            decoder.noteOrigin(node.origin, of: path)
            return name
        } encode: { name in
            .string(name)
        }
    }()
}
