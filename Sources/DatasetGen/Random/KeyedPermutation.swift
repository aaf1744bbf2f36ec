/// A permutation of the numbers below a bound that a key draws: each number has another image, and none of them shows the
/// order of the numbers.
///
/// A Feistel network of four rounds over the next even number of bits, walked until it comes back below the bound
/// (Black, Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002, sections 3 and 4).
struct KeyedPermutation {
    private let key: RandomKey
    private let bound: UInt64
    private let halfBits: UInt64
    private let mask: UInt64

    /// A permutation of `0..<bound`; the bound is at least 1 and at most 2⁶².
    init(below bound: UInt64, key: RandomKey) {
        self.key = key
        self.bound = bound
        halfBits = UInt64(max(2, UInt64.bitWidth - (bound - 1).leadingZeroBitCount) + 1) / 2
        mask = (1 << halfBits) - 1
    }

    /// The image of a number below the bound.
    ///
    /// - Complexity: four rounds, rarely some more: the network is at most four times as wide as the bound.
    func callAsFunction(_ number: UInt64) -> UInt64 {
        var image = number
        repeat { image = network(image) } while image >= bound
        return image
    }

    private func network(_ number: UInt64) -> UInt64 {
        var (left, right) = (number >> halfBits, number & mask)
        for round in 0..<4 as Range<UInt64> {
            (left, right) = (right, left ^ (key.bits(round << 32 | right) & mask))
        }
        return left << halfBits | right
    }
}
