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
        if ["null", "true", "false"].contains(text) { return .literal(text) }
        guard JSONNumber.matches(bytes[begin..<position]), Double(text)?.isFinite == true else { return nil }
        return .literal(text)
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
                text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            case 0..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    /// What follows a reverse solidus.
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
            guard let unit = codeUnit() else { return nil }
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // Half a character, which the next escape completes.
            guard position + 2 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            else { return nil }
            position += 2
            return codeUnit().flatMap { Unicode.Scalar(surrogates: unit, $0) }
        case let byte where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/"):
            return Unicode.Scalar(byte)
        default: return nil
        }
    }

    /// Four hexadecimal digits.
    private mutating func codeUnit() -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        position += 4
        var unit: UInt32 = 0
        for byte in bytes[position - 4..<position] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return
            }
        }
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
