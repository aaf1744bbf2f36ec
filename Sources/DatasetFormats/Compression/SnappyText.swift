/// Text in Snappy's own format; source: as ``SnappyCompressor``.
package enum SnappyText {
    /// The text; nil for bytes that are none, or whose text is longer than stated.
    ///
    /// - Complexity: O(length).
    package static func text(of bytes: Span<UInt8>, atMost limit: Int) -> [UInt8]? {
        var position = 0
        guard let stated = bytes.leb128(at: &position, bytes: 5), stated <= limit else { return nil }
        let length = Int(stated)
        var text: [UInt8] = []
        text.reserveCapacity(length)
        while position < bytes.count {
            let tag = Int(bytes[position])
            position += 1
            if tag & 3 == 0 {
                var count = tag >> 2
                if count >= 60 {
                    guard let stated = littleEndian(bytes, &position, count: count - 59) else { return nil }
                    count = stated
                }
                count += 1
                guard count <= bytes.count - position, count <= length - text.count else { return nil }
                for index in position..<position + count { text.append(bytes[index]) }
                position += count
                continue
            }
            var count = (tag >> 2) + 1
            var distance = 0
            switch tag & 3 {
            case 1:
                guard let low = littleEndian(bytes, &position, count: 1) else { return nil }
                (count, distance) = ((tag >> 2 & 7) + 4, (tag >> 5) << 8 | low)
            case let kind:
                guard let stated = littleEndian(bytes, &position, count: kind == 2 ? 2 : 4) else { return nil }
                distance = stated
            }
            guard distance > 0, distance <= text.count, count <= length - text.count else { return nil }
            for _ in 0..<count { text.append(text[text.count - distance]) }
        }
        return text.count == length ? text : nil
    }

    private static func littleEndian(_ bytes: Span<UInt8>, _ position: inout Int, count: Int) -> Int? {
        guard count <= bytes.count - position else { return nil }
        var value = 0
        for byte in 0..<count { value |= Int(bytes[position + byte]) << (8 * byte) }
        position += count
        return value
    }
}
