extension ColumnDomain {
    /// Appends values as encoding PLAIN has them.
    func append(_ codes: [UInt32], to buffer: inout ByteBuffer) {
        let codes = codes.span
        switch self {
        case .texts(let texts):
            for index in codes.indices {
                let text = texts[Int(codes[index])]
                buffer.append(atMost: 4 + text.count) { writer in
                    writer.append(littleEndian: UInt32(text.count))
                    writer.append(text.span)
                }
            }
        case .doubles(let numbers):
            Self.append(codes, to: &buffer) { numbers[Int($0)].bitPattern }
        case .quotients(let first, let scale):
            Self.append(codes, to: &buffer) { (Double(first + Int64($0)) / scale).bitPattern }
        case .integers(let first): Self.append(codes, to: &buffer) { first + Int64($0) }
        case .listed(let numbers): Self.append(codes, to: &buffer) { numbers[Int($0)] }
        case .flags: Self.append(codes, to: &buffer) { $0 }
        }
    }

    /// Appends a number for each code.
    @inline(__always)
    private static func append<Number: FixedWidthInteger & BitwiseCopyable>(
        _ codes: Span<UInt32>,
        to buffer: inout ByteBuffer,
        _ number: (UInt32) -> Number
    ) {
        buffer.append(atMost: codes.count * MemoryLayout<Number>.size) { writer in
            for index in codes.indices { writer.append(littleEndian: number(codes[index])) }
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
