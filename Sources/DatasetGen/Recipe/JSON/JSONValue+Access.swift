extension JSONValue {
    /// `null`.
    public static let null = JSONValue.literal("null")

    /// A whole number.
    public static func integer(_ value: some BinaryInteger) -> JSONValue { .literal(String(value)) }

    /// A whole number; from 2^53 on as text, since browsers and many other readers of JSON would round it.
    public static func exact(_ value: UInt64) -> JSONValue {
        value < 1 << 53 ? .integer(value) : .string(String(value))
    }

    /// An exact decimal number; nil becomes `null`.
    public static func decimal(_ value: FixedPoint?) -> JSONValue { value.map { .literal($0.text) } ?? .null }

    /// A number rounded to some decimals; nil becomes `null`.
    public static func rounded(_ value: Double?, decimals: Int) -> JSONValue {
        decimal(value.map { FixedPoint(rounding: $0, decimals: decimals) })
    }

    /// A text; nil becomes `null`.
    public static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

    /// The value of a key of an object; nil for other values and unknown keys.
    public subscript(key: String) -> JSONValue? {
        members.first { $0.key == key }?.value
    }

    /// The elements of a list; empty for other values.
    public var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The members of an object; empty for other values.
    public var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    /// The text of a string; nil for other values.
    public var stringValue: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A whole number; nil for other values.
    public var integerValue: Int64? {
        guard case .literal(let text) = self else { return nil }
        return Int64(text)
    }

    /// A number; nil for other values.
    public var doubleValue: Double? {
        guard case .literal(let text) = self else { return nil }
        return Double(text)
    }

    /// RFC 8259 text on one line, without spaces or a final newline.
    public var compactText: String {
        var text = ""
        write(into: &text)
        return text
    }

    private func write(into text: inout String) {
        switch self {
        case .literal(let literal):
            text += literal
        case .string(let string):
            text += string.jsonQuoted
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(into: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                text += member.key.jsonQuoted
                text += ":"
                member.value.write(into: &text)
            }
            text += "}"
        }
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// An object with the keys in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }
}

extension JSONValue: ExpressibleByArrayLiteral {
    /// A list.
    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) {
        self = .literal(value ? "true" : "false")
    }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    /// A whole number.
    public init(integerLiteral value: Int64) {
        self = .literal(String(value))
    }
}

extension JSONValue: ExpressibleByFloatLiteral {
    /// A number.
    public init(floatLiteral value: Double) {
        self = .number(value)
    }
}

extension JSONValue: ExpressibleByStringLiteral {
    /// A text.
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}
