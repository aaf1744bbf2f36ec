extension ValueType {
    /// A single value or a list of two that rise: the ends of a range.
    func orRange() -> ValueType<ClosedRange<Value>> where Value: Comparable {
        let single = self
        let expectation = "\(single.expectation), or a list of the least and the greatest"
        let pair = JSONValue.members([
            "type": .string("array"), "items": schema, "minItems": .literal("2"), "maxItems": .literal("2"),
        ])
        return ValueType<ClosedRange<Value>>(
            expectation: expectation,
            schema: .members(["anyOf": .array([schema, pair])])
        ) { node, path, decoder in
            guard case .list(let items) = node.content else {
                return single.decode(node, path, &decoder).map { $0...$0 }
            }
            guard items.count == 2 else {
                decoder.reportMismatch(node, expected: "two values, the least and the greatest", at: path)
                return nil
            }
            let low = single.decode(items[0], path.appendingKey("0"), &decoder)
            let high = single.decode(items[1], path.appendingKey("1"), &decoder)
            guard let low, let high else { return nil }
            guard low <= high else {
                decoder.report("\(items[0].found) is more than \(items[1].found)", at: node.origin, path: path)
                return nil
            }
            return low...high
        } encode: { range in
            range.lowerBound == range.upperBound
                ? single.encode(range.lowerBound)
                : .array([single.encode(range.lowerBound), single.encode(range.upperBound)])
        }
    }

    /// A single value or a list of at least one, none of them twice.
    func orList(named plural: String) -> ValueType<[Value]> where Value: Hashable {
        let single = self
        let list = list(named: plural, minimumCount: 1)
        return ValueType<[Value]>(
            expectation: "\(single.expectation), or a list of \(plural)",
            schema: .members(["anyOf": .array([schema, list.schema])]),
            sections: sections
        ) { node, path, decoder in
            guard case .list = node.content else { return single.decode(node, path, &decoder).map { [$0] } }
            guard let values = list.decode(node, path, &decoder) else { return nil }
            guard Set(values).count == values.count else {
                decoder.report("one of the \(plural) is listed twice", at: node.origin, path: path)
                return nil
            }
            return values
        } encode: { values in
            list.encode(values)
        }
    }
}
