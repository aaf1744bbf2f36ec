/// A key of the counter-based random numbers: every number is a pure function of (key, counter).
///
/// ```swift
/// let key = RandomKey(seed: 42).derived("sensor", 7)
/// key.bits(1_000)   // always the same 64 bits, no state, no order
/// ```
///
/// A key has 128 bits, so that the streams of different keys are not shifted copies of one another.
package struct RandomKey: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64

    /// The root key of a seed.
    package init(seed: UInt64) {
        first = Self.mix(seed &+ 0x9e37_79b9_7f4a_7c15)
        second = Self.mix(first ^ 0xd1b5_4a32_d192_ed03)
    }

    private init(first: UInt64, second: UInt64) {
        self.first = first
        self.second = second
    }

    /// The key of a named part, such as a sensor's or a city's.
    package func derived(_ name: StaticString, _ index: UInt64 = 0) -> RandomKey {
        derived(fromText: name.description, index)
    }

    /// The key of a part that is named by data, such as a city's name.
    package func derived(fromText text: String, _ index: UInt64 = 0) -> RandomKey {
        // FNV-1a over the name, 64 bits: draft-eastlake-fnv, section 2.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        let next = Self.mix(bits(index) ^ hash)
        return RandomKey(first: next, second: Self.mix(next ^ bits(~index) &+ hash))
    }

    /// The key of a numbered part: as ``derived(_:_:)``, but cheap enough for a hot path.
    @inline(__always)
    package func stream(_ number: UInt64) -> RandomKey {
        RandomKey(first: bits(2 &* number), second: bits(2 &* number &+ 1))
    }

    /// 64 random bits for a counter.
    @inline(__always)
    package func bits(_ counter: UInt64) -> UInt64 {
        Self.mix(((counter ^ first) &* 0x9e37_79b9_7f4a_7c15) ^ second)
    }

    /// The finaliser of SplitMix64 with David Stafford's variant 13 constants.
    ///
    /// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension RandomKey {
    /// A number in [0, 1) for a counter, with 53 random bits.
    @inline(__always)
    package func uniform(_ counter: UInt64) -> Double {
        Double(bits(counter) >> 11) * 0x1p-53
    }

    /// A whole number in 0..<`bound` for a counter; the bias is below `bound` / 2⁶⁴.
    @inline(__always)
    package func integer(_ counter: UInt64, below bound: UInt64) -> UInt64 {
        bits(counter).multipliedFullWidth(by: bound).high
    }

    /// A whole number of a range for a counter, all of which are equally likely.
    func integer(_ counter: UInt64, in range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(integer(counter, below: UInt64(range.upperBound - range.lowerBound) + 1))
    }
}
