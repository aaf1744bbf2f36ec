/// Packs numbers of some bits each, the least significant first, one at a time.
struct BitPacker {
    private let width: Int
    /// A 1 in the place of each number of a word.
    private let ones: UInt64
    private var (bits, filled): (UInt64, Int) = (0, 0)

    /// - Parameter width: bits of a number, 1…64.
    init(width: Int) {
        self.width = width
        ones = stride(from: 0, to: 64, by: width).reduce(0) { $0 | 1 << UInt64($1) }
    }

    /// Appends a number below 2 to the power of the width.
    @inline(__always)
    mutating func append(_ value: UInt64, to writer: inout ByteWriter) {
        bits |= value &<< UInt64(filled)
        filled += width
        if filled >= 64 {
            writer.append(littleEndian: bits)
            filled -= 64
            bits = filled == 0 ? 0 : value >> UInt64(width - filled)
        }
    }

    /// Appends a number so many times, as many at once as there is room for in a word.
    mutating func append(_ value: UInt64, count: Int, to writer: inout ByteWriter) {
        var left = count
        while left > 0 {
            let whole = min(left, (64 - filled) / width)
            guard whole > 1 else {
                append(value, to: &writer)
                left -= 1
                continue
            }
            let used = UInt64.max >> UInt64(64 - whole * width)
            append(word: value &* ones & used, bits: whole * width, to: &writer)
            left -= whole
        }
    }

    private mutating func append(word: UInt64, bits count: Int, to writer: inout ByteWriter) {
        bits |= word &<< UInt64(filled)
        filled += count
        if filled == 64 {
            writer.append(littleEndian: bits)
            (bits, filled) = (0, 0)
        }
    }

    /// Appends what is left of so many numbers, and zeros behind them up to a count whose bits fill whole bytes.
    mutating func finish(paddedTo paddedCount: Int, of count: Int, to writer: inout ByteWriter) {
        var rest = (paddedCount * width + 7) / 8 - (count * width - filled) / 8
        while rest > 0 {
            writer.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            rest -= 1
        }
    }
}

/// Packs numbers of some bits each, the least significant first.
enum BitPacking {
    /// Appends so many numbers, and zeros behind them up to a count whose bits fill whole bytes.
    @inline(__always)
    static func append(
        _ count: Int,
        width: Int,
        paddedTo paddedCount: Int,
        to writer: inout ByteWriter,
        _ value: (Int) -> UInt64
    ) {
        guard width > 0 else { return }
        var packer = BitPacker(width: width)
        for index in 0..<count { packer.append(value(index), to: &writer) }
        packer.finish(paddedTo: paddedCount, of: count, to: &writer)
    }

    /// Appends numbers, and zeros behind them up to a multiple of eight; there must be room for a word more.
    static func append(_ values: Span<UInt32>, width: Int, to writer: inout ByteWriter) {
        append(values.count, width: width, to: &writer) { UInt64(values[$0]) }
    }

    /// Appends so many numbers, and zeros behind them up to a multiple of eight; there must be room for a word more.
    ///
    /// Eight numbers fill as many bytes as each of them has bits: they are put together without a branch, and what a word has
    /// beyond them is written over by the next one.
    @inline(__always)
    static func append(_ count: Int, width: Int, to writer: inout ByteWriter, _ value: (Int) -> UInt64) {
        guard width > 0 else { return }
        let (step, shift) = (UInt64(width), UInt64(4 * width))
        var index = 0
        if width <= 8 {
            while index + 8 <= count {
                let (low, high) = (four(index, step, value), four(index + 4, step, value))
                writer.append(first: width, of: low | high &<< shift)
                index += 8
            }
        } else if width <= 16 {
            while index + 8 <= count {
                let (low, high) = (four(index, step, value), four(index + 4, step, value))
                writer.append(littleEndian: low | high << shift)
                writer.append(first: width - 8, of: high &>> (64 - shift))
                index += 8
            }
        }
        let padded = (count - index + 7) / 8 * 8
        append(count - index, width: width, paddedTo: padded, to: &writer) { value(index + $0) }
    }

    @inline(__always)
    private static func four(_ index: Int, _ width: UInt64, _ value: (Int) -> UInt64) -> UInt64 {
        let low = value(index) | value(index + 1) &<< width
        let high = value(index + 2) | value(index + 3) &<< width
        return low | high &<< (2 * width)
    }
}

/// Numbers that come back in the same order again and again, packed once.
struct PackedCycle: Sendable {
    /// Bits of a number.
    let width: Int
    private let words: [UInt64]

    /// Numbers of a cycle, of which up to so many are asked for at a time.
    init(_ values: [UInt32], width: Int, rows: Int) {
        self.width = width
        let count = values.count + rows
        var packed = ByteBuffer()
        packed.append(atMost: HybridEncoder.limit(count, width: width)) { writer in
            BitPacking.append(count, width: width, paddedTo: (count + 7) / 8 * 8, to: &writer) {
                UInt64(values[$0 % values.count])
            }
        }
        let bytes = packed.bytes
        words = (0...bytes.count / 8 + 1)
            .map { word in
                let range = min(word * 8, bytes.count)..<min(word * 8 + 8, bytes.count)
                return bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
            }
    }

    /// Appends so many numbers from a place in the cycle on, and zeros up to a multiple of eight; there must be room for a word
    /// more.
    func append(from place: Int, count: Int, to writer: inout ByteWriter) {
        let words = words.span
        let (bits, size) = (count * width, (count + 7) / 8 * width)
        let (first, shift) = (place * width / 64, UInt64(place * width % 64))
        @inline(__always)
        func word(_ index: Int) -> UInt64 {
            words[first + index] &>> shift | (words[first + index + 1] &<< 1) &<< (63 &- shift)
        }
        let whole = bits / 64
        for index in 0..<whole { writer.append(littleEndian: word(index)) }
        let rest = size - whole * 8
        guard rest > 0 else { return }
        // Seven bytes of zeros at most are behind the last bits: two words.
        let last = bits % 64 == 0 ? 0 : word(whole) & (1 &<< UInt64(bits % 64) &- 1)
        writer.append(first: min(rest, 8), of: last)
        for _ in 0..<max(0, rest - 8) { writer.append(UInt8(0)) }
    }
}
