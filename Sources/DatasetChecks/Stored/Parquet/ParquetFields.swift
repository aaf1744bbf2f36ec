import DatasetFormats
import DatasetGen

/// Values of a column of a Parquet file as the fields of rows for PostgreSQL, which is what all readers of rows compare.
struct ParquetFields {
    let type: ParquetType
    let storage: PGType
    /// The fields one behind the other.
    private(set) var bytes: [UInt8] = []
    /// Where each stands.
    private(set) var ranges: [Range<Int>] = []
    /// Where the value of each stands without its length, as encoding PLAIN has it.
    private(set) var values: [[UInt8]] = []

    init(_ type: ParquetType, _ storage: PGType) { (self.type, self.storage) = (type, storage) }

    /// Appends values in encoding PLAIN, of which there are so many; false for bytes that are none.
    mutating func append(plain bytes: Span<UInt8>, from start: Int, count: Int) -> Bool {
        var position = start
        for _ in 0..<count {
            var length = type.width ?? 0
            if type.width == nil {
                guard bytes.count - position >= 4 else { return false }
                length = Int(Self.number(bytes, position..<position + 4))
                position += 4
            }
            guard length <= bytes.count - position else { return false }
            append((position..<position + length).map { bytes[$0] })
            position += length
        }
        return position == bytes.count
    }

    /// Appends whole numbers of 64 bits.
    mutating func append(_ numbers: [Int64]) {
        for number in numbers { append((0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) }) }
    }

    private mutating func append(_ value: [UInt8]) {
        let start = bytes.count
        let number = value.count <= 8 ? Self.number(value.span, 0..<value.count) : 0
        if storage == .text {
            bytes.append(field: value)
        } else {
            bytes.append(field: Int64(bitPattern: number), as: storage)
        }
        ranges.append(start..<bytes.count)
        values.append(value)
    }

    private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var value: UInt64 = 0
        for index in range.reversed() { value = value << 8 | UInt64(bytes[index]) }
        return value
    }

    /// Whether one value is less than another, both as encoding PLAIN has them without lengths.
    func isLess(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        let (left, right) = (Self.number(one.prefix(8)), Self.number(other.prefix(8)))
        return switch type {
        case .double: Double(bitPattern: left) < Double(bitPattern: right)
        case .int32: Int32(truncatingIfNeeded: left) < Int32(truncatingIfNeeded: right)
        case .int64: Int64(bitPattern: left) < Int64(bitPattern: right)
        case .byteArray: one.lexicographicallyPrecedes(other)
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
