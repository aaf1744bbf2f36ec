/// Up to eight literals of digits and punctuation, the characters from space to `>`, as four pairs.
///
/// A pair is ten bits, five of each character. What is missing to eight literals is filled with the class of `?`, which
/// therefore is no member itself.
struct LiteralGroup {
    /// Number of different pairs.
    static let pairCount = 1_024
    /// The class of what is missing.
    static let filler: UInt8 = 0x1f

    private let pairs: UInt64

    /// The first `count` characters of a word, 0…8; nil if others are among them.
    @inline(__always)
    init?(_ word: UInt64, count: Int) {
        let mask = UInt64(1) << UInt64(truncatingIfNeeded: 8 &* count) &- 1
        let filled = word & mask | 0x3f3f_3f3f_3f3f_3f3f & ~mask
        let classes = filled & 0x1f1f_1f1f_1f1f_1f1f
        let fillers = (classes &+ 0x0101_0101_0101_0101) & 0x2020_2020_2020_2020 & mask
        guard (filled ^ 0x2020_2020_2020_2020) & 0xe0e0_e0e0_e0e0_e0e0 | fillers == 0 else { return nil }
        pairs = classes & 0x001f_001f_001f_001f | (classes >> 3) & 0x03e0_03e0_03e0_03e0
    }

    /// A pair, 0…3.
    @inline(__always)
    func pair(_ index: Int) -> Int {
        Int(truncatingIfNeeded: pairs &>> UInt64(truncatingIfNeeded: 16 &* index) & 0x3ff)
    }

    /// The two characters of a pair; nil for what is missing.
    static func characters(ofPair pair: Int) -> (first: UInt8?, second: UInt8?) {
        func character(_ value: Int) -> UInt8? {
            let member = UInt8(truncatingIfNeeded: value & 0x1f)
            return member == filler ? nil : member | 0x20
        }
        return (character(pair), character(pair >> 5))
    }
}
