import DatasetFormats

/// A value in Thrift's compact protocol, as the headers and the footer of a Parquet file hold them.
indirect enum ThriftValue {
    case flag(Bool)
    case number(Int64)
    case bytes([UInt8])
    case list([ThriftValue])
    case structure([Int: ThriftValue])

    /// The structure that begins at a place, which moves behind it; nil for what is none.
    static func structure(in bytes: Span<UInt8>, at position: inout Int) -> ThriftValue? {
        var reader = ThriftReader(position: position)
        defer { position = reader.position }
        return reader.structure(bytes, depth: 0)
    }

    /// A field of a structure; nil where there is none.
    subscript(field: Int) -> ThriftValue? {
        if case .structure(let fields) = self { fields[field] } else { nil }
    }

    var number: Int64? { if case .number(let number) = self { number } else { nil } }
    var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    var list: [ThriftValue]? { if case .list(let list) = self { list } else { nil } }
}

/// Reads values, each of which takes a byte at least, so that nothing grows beyond what is there.
private struct ThriftReader {
    var position: Int

    /// Structures of a Parquet file lie less deep.
    private static let depthLimit = 16

    mutating func structure(_ bytes: Span<UInt8>, depth: Int) -> ThriftValue? {
        guard depth < Self.depthLimit else { return nil }
        var fields: [Int: ThriftValue] = [:]
        var last = 0
        while let head = byte(bytes) {
            if head == 0 { return .structure(fields) }
            let distance = Int(head >> 4)
            if distance > 0 {
                last += distance
            } else {
                guard let number = bytes.zigzag(at: &position), (0...Int64(Int16.max)).contains(number) else {
                    return nil
                }
                last = Int(number)
            }
            switch head & 15 {
            case 1: fields[last] = .flag(true)
            case 2: fields[last] = .flag(false)
            case let kind:
                guard let value = value(bytes, kind, depth: depth) else { return nil }
                fields[last] = value
            }
        }
        return nil
    }

    private mutating func value(_ bytes: Span<UInt8>, _ kind: UInt8, depth: Int) -> ThriftValue? {
        switch kind {
        // Only in lists.
        case 1, 2: return byte(bytes).map { .flag($0 == 1) }
        case 3: return byte(bytes).map { .number(Int64(Int8(bitPattern: $0))) }
        case 4, 5, 6: return bytes.zigzag(at: &position).map { .number($0) }
        // A number with a fraction, which nothing here asks for.
        case 7:
            guard 8 <= bytes.count - position else { return nil }
            position += 8
            return .bytes([])
        case 8:
            guard let length = bytes.leb128(at: &position), length <= UInt64(bytes.count - position) else { return nil }
            let range = position..<position + Int(length)
            position = range.upperBound
            return .bytes(range.map { bytes[$0] })
        case 9:
            guard let head = byte(bytes) else { return nil }
            let count = head >> 4 == 15 ? bytes.leb128(at: &position) : UInt64(head >> 4)
            guard let count, count <= UInt64(bytes.count - position) else { return nil }
            var list: [ThriftValue] = []
            list.reserveCapacity(Int(count))
            for _ in 0..<count {
                guard let value = value(bytes, head & 15, depth: depth + 1) else { return nil }
                list.append(value)
            }
            return .list(list)
        case 12: return structure(bytes, depth: depth + 1)
        default: return nil
        }
    }

    private mutating func byte(_ bytes: Span<UInt8>) -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }
}
