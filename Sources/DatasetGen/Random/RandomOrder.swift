/// A random order of the numbers 0 to 31, in which the place of any one is found without the others.
///
/// A number x counts as an element of the field of 32 elements and becomes c · S(a · x + b) + d, where a, b, c and d are
/// random, a and c not zero, and S is a permutation that is far from linear. Any two numbers come to any two places
/// equally often, whatever S is.
///
/// Source of S: Dobraunig, Eichlseder, Mendel, Schläffer, "Ascon v1.2", Journal of Cryptology 34, 2021, section 2.6.
struct RandomOrder {
    /// How many numbers there are.
    static let count = 32

    private let (first, second): (Int, Int)
    private let (firstSum, secondSum): (UInt8, UInt8)

    /// The order that random bits stand for, of which 26 count.
    @inline(__always)
    init(bits: UInt32) {
        // Of 256 numbers to 31 factors, eight or nine each: the bias is 1/256 of 1/31.
        first = 1 + Int((bits & 0xff) &* 31 >> 8)
        second = 1 + Int((bits >> 8 & 0xff) &* 31 >> 8)
        firstSum = UInt8(bits >> 16 & 31)
        secondSum = UInt8(bits >> 21 & 31)
    }

    /// The place of a number.
    @inline(__always)
    subscript(_ number: Int) -> Int {
        let substituted = Self.products[first << 5 | number] ^ firstSum
        return Int(Self.substitutes[second << 5 | Int(substituted)] ^ secondSum)
    }

    /// a · x at 32 a + x.
    private static let products = (0..<1_024).map { product(UInt8($0 >> 5), UInt8($0 & 31)) }

    /// a · S(x) at 32 a + x.
    private static let substitutes = (0..<1_024).map { product(UInt8($0 >> 5), permutation[$0 & 31]) }

    private static let permutation: [UInt8] = [
        0x04, 0x0b, 0x1f, 0x14, 0x1a, 0x15, 0x09, 0x02, 0x1b, 0x05, 0x08, 0x12, 0x1d, 0x03, 0x06, 0x1c,
        0x1e, 0x13, 0x07, 0x0e, 0x00, 0x0d, 0x11, 0x18, 0x10, 0x0c, 0x01, 0x19, 0x16, 0x0a, 0x0f, 0x17,
    ]

    /// The product of two polynomials over 0 and 1 modulo x⁵ + x² + 1.
    private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var (product, shifted) = (UInt8(0), left)
        for bit in 0..<5 {
            if right >> UInt8(bit) & 1 == 1 { product ^= shifted }
            shifted <<= 1
            if shifted & 0x20 != 0 { shifted ^= 0x25 }
        }
        return product
    }
}
