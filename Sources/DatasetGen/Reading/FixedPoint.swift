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
        let digits = String(count.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var fraction = padded.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        let sign = count < 0 ? "-" : ""
        let whole = padded.dropLast(decimals)
        return fraction.isEmpty ? sign + whole : "\(sign)\(whole).\(fraction)"
    }
}
