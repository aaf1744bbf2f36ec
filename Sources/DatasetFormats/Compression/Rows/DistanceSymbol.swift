/// Symbols and extra bits of lengths and distances of matches.
///
/// Source: RFC 1951, section 3.2.5.
enum DistanceSymbol {
    /// Matches reach back so far (section 2).
    static let window = 32_768

    /// The symbol of a distance, which is given less one: 0…32767.
    @inline(__always)
    static func symbol(_ distance: UInt32) -> UInt32 {
        guard distance >= 2 else { return distance }
        let bits = UInt32(truncatingIfNeeded: 31 &- distance.leadingZeroBitCount)
        return bits &* 2 &+ (distance &>> (bits &- 1)) & 1
    }

    /// Number of extra bits behind a symbol.
    @inline(__always)
    static func extraBits(_ symbol: UInt32) -> UInt32 {
        symbol < 4 ? 0 : symbol >> 1 &- 1
    }
}

/// Symbols and extra bits of the lengths of matches, 3…258.
enum LengthSymbol {
    /// Symbol, number of extra bits and their value, by the length less three.
    static let all: [(symbol: Int, extraBits: Int, extra: Int)] = (0...255)
        .map { value in
            // "285 | 0 extra bits | length 258".
            if value == 255 { return (285, 0, 0) }
            guard value >= 8 else { return (257 + value, 0, 0) }
            let bits = 7 - UInt8(value).leadingZeroBitCount - 2
            return (257 + 4 * (bits + 1) + (value >> bits) & 3, bits, value & (1 << bits - 1))
        }
}
