/// An exact decimal number: `count` units of 10⁻ᵈ.
///
/// Its text is exact, and ``double`` is the correctly rounded value of that text, so that CSV, JSON and SQLite hold
/// equal numbers.
public struct FixedPoint: Hashable, Sendable {
    /// Units of 10 to the minus ``decimals``.
    public let count: Int64
    /// Digits behind the point, 0…9.
    public let decimals: Int

    /// The number `count` · 10⁻ᵈ.
    public init(count: Int64, decimals: Int) {
        self.count = count
        self.decimals = decimals
    }

    /// The nearest multiple of 10⁻ᵈ; a tie goes away from zero.
    public init(rounding value: Double, decimals: Int) {
        self.init(count: Int64((value * Double(Int64.powerOfTen(decimals)!)).rounded()), decimals: decimals)
    }

    /// The nearest double.
    ///
    /// The quotient of two exactly represented integers is correctly rounded (IEEE 754, §4.3).
    public var double: Double { Double(count) / Double(Int64.powerOfTen(decimals)!) }

    /// The shortest exact decimal text: `22.5`, `-0.0625`, `7`.
    public var text: String {
        var rest = count.magnitude
        var decimals = decimals
        while decimals > 0, rest % 10 == 0 {
            rest /= 10
            decimals -= 1
        }
        // Backwards: at most a sign, nineteen digits, a point, and a zero before it.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(22)
        repeat {
            if bytes.count == decimals, decimals > 0 { bytes.append(UInt8(ascii: ".")) }
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0 || bytes.count <= decimals
        if count < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.reverse()
        return String(decoding: bytes, as: UTF8.self)
    }
}
