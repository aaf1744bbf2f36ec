/// What the codes of a column stand for: a greater code is a greater value.
enum ParquetDomain: Sendable {
    /// Texts, sorted by their bytes.
    case texts([[UInt8]])
    /// Numbers, sorted.
    case doubles([Double])
    /// The quotients of whole numbers from one on by a power of ten.
    ///
    /// Those of 32 bits and of a wider power are the same doubles, as a quotient is correctly rounded.
    case quotients(from: Int64, by: Double)
    /// Whole numbers of 64 bits from one on.
    case integers(from: Int64)
    /// Whole numbers of 64 bits, sorted.
    case listed([Int64])
    /// Whole numbers of 32 bits from 0 on.
    case flags

    /// Appends a value as encoding PLAIN has it.
    func append(_ code: UInt32, to bytes: inout [UInt8]) {
        switch self {
        case .texts(let texts):
            let text = texts[Int(code)]
            bytes.append(littleEndian: UInt32(text.count))
            bytes += text
        default: bytes += self.bytes(code)
        }
    }

    /// A value as statistics have it: as PLAIN, but a text without its length.
    func bytes(_ code: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        switch self {
        case .texts(let texts): return texts[Int(code)]
        case .doubles(let numbers): bytes.append(littleEndian: numbers[Int(code)].bitPattern)
        case .quotients(let first, let scale):
            bytes.append(littleEndian: (Double(first + Int64(code)) / scale).bitPattern)
        case .integers(let first): bytes.append(littleEndian: first + Int64(code))
        case .listed(let numbers): bytes.append(littleEndian: numbers[Int(code)])
        case .flags: bytes.append(littleEndian: code)
        }
        return bytes
    }

    /// A value as a lower or an upper bound: a zero is written so that either zero lies within ("if the min is +0, the row
    /// group may contain -0 values as well", `parquet.thrift`).
    func bound(_ code: UInt32, isLower: Bool) -> [UInt8] {
        switch self {
        case .doubles(let numbers) where numbers[Int(code)] == 0: Self.zero(isLower)
        case .quotients(let first, _) where first + Int64(code) == 0: Self.zero(isLower)
        default: bytes(code)
        }
    }

    private static func zero(_ isNegative: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: (isNegative ? -0.0 : 0.0).bitPattern)
        return bytes
    }
}

extension [UInt8] {
    /// Appends a number, its least significant byte first.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        var rest = value
        for _ in 0..<value.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
