/// The numbers that a key accepts.
struct Bounds: Sendable {
    var minimum: Double?
    var maximum: Double?
    /// Whether the minimum itself is not accepted.
    var excludesMinimum = false

    static func from(_ minimum: Double, to maximum: Double) -> Bounds { Bounds(minimum: minimum, maximum: maximum) }
    static func atLeast(_ minimum: Double) -> Bounds { Bounds(minimum: minimum) }
    static func above(_ minimum: Double, to maximum: Double? = nil) -> Bounds {
        Bounds(minimum: minimum, maximum: maximum, excludesMinimum: true)
    }

    func contains(_ value: Double) -> Bool {
        if let minimum, value < minimum || (excludesMinimum && value == minimum) { return false }
        if let maximum, value > maximum { return false }
        return value.isFinite
    }

    /// `from 0 to 1`, `above 0`.
    var phrase: String {
        let lower = minimum.map { excludesMinimum ? "above \($0.plainText)" : "from \($0.plainText)" }
        switch (lower, maximum) {
        case (let lower?, let maximum?) where excludesMinimum: return "\(lower), at most \(maximum.plainText)"
        case (let lower?, let maximum?): return "\(lower) to \(maximum.plainText)"
        case (let lower?, nil): return lower
        case (nil, let maximum?): return "up to \(maximum.plainText)"
        case (nil, nil): return ""
        }
    }

    /// What is wrong with a number outside.
    func complaint(about text: String) -> String {
        switch (minimum, maximum) {
        case (let minimum?, let maximum?) where !excludesMinimum:
            "\(text) is not between \(minimum.plainText) and \(maximum.plainText)"
        case (let minimum?, nil) where !excludesMinimum: "\(text) is less than \(minimum.plainText)"
        default: "\(text) is not \(phrase)"
        }
    }

    /// A JSON Schema of a number type with these bounds.
    func schema(type: String) -> JSONValue {
        var schema = JSONValue.members(["type": .string(type)])
        if let minimum {
            schema = schema.adding(excludesMinimum ? "exclusiveMinimum" : "minimum", .number(minimum))
        }
        if let maximum { schema = schema.adding("maximum", .number(maximum)) }
        return schema
    }
}

extension ValueType where Value == Double {
    /// A finite number.
    ///
    /// `hint` adds to the complaint about a number outside the bounds.
    static func number(
        _ bounds: Bounds = Bounds(),
        of unit: String = "",
        hint: @escaping @Sendable (Double) -> String? = { _ in nil }
    ) -> ValueType {
        let expectation = ["a number", unit.isEmpty ? "" : "of \(unit)", bounds.phrase]
            .filter { !$0.isEmpty }.joined(separator: " ")
        return ValueType(expectation: expectation, schema: bounds.schema(type: "number")) { node, path, decoder in
            guard let value = node.numberText.flatMap({ Double($0) }), value.isFinite else {
                decoder.reportMismatch(node, expected: expectation, at: path)
                return nil
            }
            guard bounds.contains(value) else {
                let complaint = bounds.complaint(about: node.found) + (hint(value) ?? "")
                decoder.report(complaint, at: node.origin, path: path)
                return nil
            }
            return value
        } encode: { value in
            .literal(value.description)
        }
    }
}

extension ValueType where Value == Int {
    /// A whole number.
    static func integer(_ range: ClosedRange<Int>) -> ValueType {
        let bounds = Bounds.from(Double(range.lowerBound), to: Double(range.upperBound))
        let expectation = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return ValueType(expectation: expectation, schema: bounds.schema(type: "integer")) { node, path, decoder in
            guard let number = node.wholeNumber else {
                decoder.reportMismatch(node, expected: expectation, at: path)
                return nil
            }
            guard let whole = number.exactly(Int.self), range.contains(whole) else {
                let complaint = "\(node.found) is not between \(range.lowerBound) and \(range.upperBound)"
                decoder.report(complaint, at: node.origin, path: path)
                return nil
            }
            return whole
        } encode: { value in
            .literal("\(value)")
        }
    }
}

extension ValueType where Value == UInt64 {
    /// A seed: any unsigned 64-bit number.
    static let seed = ValueType(
        expectation: "a whole number from 0 to \(UInt64.max)",
        schema: .members(["type": .string("integer"), "minimum": .literal("0"), "maximum": .literal("\(UInt64.max)")])
    ) { node, path, decoder in
        guard let number = node.wholeNumber else {
            decoder.reportMismatch(node, expected: "a whole number from 0 to \(UInt64.max)", at: path)
            return nil
        }
        guard let value = number.exactly(UInt64.self) else {
            decoder.report("\(node.found) is not between 0 and \(UInt64.max)", at: node.origin, path: path)
            return nil
        }
        return value
    } encode: { value in
        .literal("\(value)")
    }
}

extension ValueType where Value == FixedPoint {
    /// A number with at most six decimals, such as a coordinate.
    static func decimal(_ bounds: Bounds, of unit: String) -> ValueType {
        let number = ValueType<Double>.number(bounds, of: unit)
        return ValueType(expectation: number.expectation, schema: number.schema) { node, path, decoder in
            number.decode(node, path, &decoder).map { FixedPoint(rounding: $0, decimals: 6) }
        } encode: { value in
            .literal(value.text)
        }
    }
}

extension ValueType where Value == Resolution {
    /// The step of a metric's readings.
    static let resolution = ValueType(
        expectation: "a step such as 0.01 or 0.0625: positive, at most 100, at most six decimals",
        schema: .members(["type": .string("number"), "exclusiveMinimum": .literal("0"), "maximum": .literal("100")])
    ) { node, path, decoder in
        guard let text = node.numberText, let value = Resolution(parsing: text), value.value <= 100 else {
            let expected = "a step such as 0.01 or 0.0625: positive, at most 100, at most six decimals"
            decoder.reportMismatch(node, expected: expected, at: path)
            return nil
        }
        return value
    } encode: { value in
        .literal(value.text)
    }
}
