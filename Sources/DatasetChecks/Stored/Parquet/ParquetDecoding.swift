import DatasetFormats
import DatasetGen

/// The values of pages, out of their encodings; nil for bytes that are none.
enum ParquetDecoding {
    /// Numbers of a width in bits in the hybrid of runs and packed bits, of which there are so many.
    static func hybrid(_ bytes: Span<UInt8>, from start: Int, width: Int, count: Int) -> [UInt32]? {
        guard (0...32).contains(width) else { return nil }
        var values: [UInt32] = []
        values.reserveCapacity(count)
        var position = start
        while values.count < count {
            guard let head = bytes.leb128(at: &position) else { return nil }
            if head & 1 == 0 {
                let size = (width + 7) / 8
                guard head >> 1 > 0, size <= bytes.count - position else { return nil }
                var value: UInt32 = 0
                for byte in 0..<size { value |= UInt32(bytes[position + byte]) << (8 * UInt32(byte)) }
                position += size
                let length = min(Int(clamping: head >> 1), count - values.count)
                values.append(contentsOf: repeatElement(value, count: length))
            } else {
                guard head >> 1 > 0, head >> 1 <= 1 << 28 else { return nil }
                let size = Int(head >> 1) * width
                guard size <= bytes.count - position else { return nil }
                let length = min(Int(head >> 1) * 8, count - values.count)
                for index in 0..<length {
                    values.append(UInt32(bits(bytes, at: position, index * width, width)))
                }
                position += size
            }
        }
        return values
    }

    /// Whole numbers as their differences, of which there are so many, from a place on, which moves behind them.
    static func deltas(_ bytes: Span<UInt8>, at position: inout Int, count: Int) -> [Int64]? {
        guard let blockSize = bytes.leb128(at: &position), let parts = bytes.leb128(at: &position),
            let total = bytes.leb128(at: &position), let first = bytes.zigzag(at: &position), total == UInt64(count),
            parts > 0, blockSize <= 1 << 16, parts <= blockSize, blockSize % parts == 0
        else { return nil }
        let size = Int(blockSize / parts)
        guard size % 8 == 0, count > 0 else { return count == 0 ? [] : nil }
        var values = [first]
        values.reserveCapacity(count)
        while values.count < count {
            guard let least = bytes.zigzag(at: &position), Int(parts) <= bytes.count - position else { return nil }
            let widths = (0..<Int(parts)).map { Int(bytes[position + $0]) }
            position += Int(parts)
            for width in widths where values.count < count {
                guard width <= 64, size * width / 8 <= bytes.count - position else { return nil }
                for index in 0..<min(size, count - values.count) {
                    let rest = Int64(bitPattern: bits(bytes, at: position, index * width, width))
                    values.append(values[values.count - 1] &+ least &+ rest)
                }
                position += size * width / 8
            }
        }
        return values
    }

    /// Some bits, the least significant first, behind so many of the bytes from a place on.
    private static func bits(_ bytes: Span<UInt8>, at place: Int, _ offset: Int, _ width: Int) -> UInt64 {
        var (value, taken): (UInt64, Int) = (0, 0)
        while taken < width {
            let bit = offset + taken
            let (byte, shift) = (bytes[place + bit >> 3], bit & 7)
            value |= UInt64(byte >> UInt8(shift)) << UInt64(taken)
            taken += 8 - shift
        }
        return width == 64 ? value : value & (1 << UInt64(width) - 1)
    }
}
