/// Takes a message of Google's protocol buffers apart, from whomever it comes; what is broken ends it.
///
/// Source: https://protobuf.dev/programming-guides/encoding.
struct ProtobufReader {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private enum Value {
        case number(UInt64)
        case bytes([UInt8])
    }

    /// The texts and messages that have a field's number.
    func messages(of field: UInt64) -> [[UInt8]] {
        fields(field)
            .compactMap { value in
                if case .bytes(let bytes) = value { bytes } else { nil }
            }
    }

    /// The last whole number that has a field's number; nil where there is none.
    func number(of field: UInt64) -> UInt64? {
        fields(field)
            .compactMap { value in
                if case .number(let number) = value { number } else { nil }
            }
            .last
    }

    private func fields(_ field: UInt64) -> [Value] {
        var found: [Value] = []
        var rest = bytes[...]
        while let tag = Self.varint(&rest) {
            let value: Value
            switch tag & 7 {
            case 0:
                guard let number = Self.varint(&rest) else { return found }
                value = .number(number)
            case 1, 5:
                let count = tag & 7 == 1 ? 8 : 4
                guard rest.count >= count else { return found }
                value = .bytes(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            case 2:
                guard let count = Self.varint(&rest), count <= rest.count else { return found }
                value = .bytes(Array(rest.prefix(Int(count))))
                rest = rest.dropFirst(Int(count))
            default: return found
            }
            if tag >> 3 == field { found.append(value) }
        }
        return found
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
