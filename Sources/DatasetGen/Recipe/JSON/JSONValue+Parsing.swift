extension JSONValue {
    /// Reads RFC 8259 text; nil if it is not JSON, or nested more than 100 deep.
    public init?(parsing bytes: [UInt8]) {
        var parser = JSONParser(bytes)
        guard let value = parser.value(depth: 0), parser.isAtEnd() else { return nil }
        self = value
    }
}

/// A recursive-descent reader of JSON, for the manifests that this library writes.
private struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func isAtEnd() -> Bool {
        skipSpace()
        return position == bytes.count
    }

    mutating func value(depth: Int) -> JSONValue? {
        guard depth <= 100 else { return nil }
        skipSpace()
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map { .string($0) }
        default: return literal()
        }
    }

    private mutating func object(depth: Int) -> JSONValue? {
        list(end: "}") { parser in
            parser.skipSpace()
            guard let key = parser.string(), parser.skip(":"), let value = parser.value(depth: depth + 1) else {
                return nil
            }
            return JSONValue.Member(key: key, value: value)
        }
        .map { .object($0) }
    }

    private mutating func array(depth: Int) -> JSONValue? {
        list(end: "]") { $0.value(depth: depth + 1) }.map { .array($0) }
    }

    private mutating func list<Element>(
        end: Unicode.Scalar,
        _ element: (inout JSONParser) -> Element?
    ) -> [Element]? {
        position += 1
        var elements: [Element] = []
        if skip(end) { return elements }
        repeat {
            guard let next = element(&self) else { return nil }
            elements.append(next)
        } while skip(",")
        return skip(end) ? elements : nil
    }

    private mutating func literal() -> JSONValue? {
        let begin = position
        while position < bytes.count, Self.isLiteral(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[begin..<position], as: UTF8.self)
        switch text {
        case "null", "true", "false": return .literal(text)
        default: return Double(text).flatMap { $0.isFinite ? .literal(text) : nil }
        }
    }

    private mutating func string() -> String? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                text += Array(String(scalar).utf8)
            case 0..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    /// What follows a reverse solidus.
    ///
    /// Surrogate pairs do not occur in what this library writes and are refused.
    private mutating func escape() -> Unicode.Scalar? {
        guard position < bytes.count else { return nil }
        position += 1
        switch bytes[position - 1] {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "u"):
            guard position + 4 <= bytes.count else { return nil }
            position += 4
            let digits = String(decoding: bytes[position - 4..<position], as: UTF8.self)
            return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
        case let byte where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/"):
            return Unicode.Scalar(byte)
        default: return nil
        }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII && (character.isLetter || character.isNumber || "+-.".contains(character))
    }
}
