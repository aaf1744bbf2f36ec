/// An exact positive fraction in lowest terms, for intervals such as 1/3 s that no decimal holds.
struct Rational: Hashable, Sendable {
    let numerator: Int64
    let denominator: Int64

    /// Nil when a part is not positive.
    init?(_ numerator: Int64, _ denominator: Int64 = 1) {
        guard numerator > 0, denominator > 0 else { return nil }
        var (a, b) = (numerator, denominator)
        while b != 0 { (a, b) = (b, a % b) }
        self.numerator = numerator / a
        self.denominator = denominator / a
    }

    /// Reads a plain decimal such as `10`, `0.25` or `1e-3`, exactly; nil when it is not positive or has over 18 digits.
    init?(parsing text: String) {
        let parts = text.split(separator: "e", omittingEmptySubsequences: false)
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, mantissa.count <= 2, text.utf8.count <= 40 else { return nil }
        let digits = mantissa.joined()
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let value = Int64(digits) else {
            return nil
        }
        guard let exponent = parts.count == 2 ? Int(parts[1]) : 0, exponent.magnitude <= 18 else { return nil }
        let scale = exponent - (mantissa.count == 2 ? mantissa[1].count : 0)
        guard let power = Int64.powerOfTen(abs(scale)) else { return nil }
        if scale >= 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: power)
            guard !overflow else { return nil }
            self.init(product)
        } else {
            self.init(value, power)
        }
    }

    /// One divided by this.
    var reciprocal: Rational { Rational(unchecked: denominator, numerator) }

    /// The product, or nil when a part overflows.
    func multiplied(by factor: Int64) -> Rational? {
        guard let crosswise = Rational(factor, denominator) else { return nil }
        let (product, overflow) = numerator.multipliedReportingOverflow(by: crosswise.numerator)
        return overflow ? nil : Rational(product, crosswise.denominator)
    }

    private init(unchecked numerator: Int64, _ denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }
}

extension Int64 {
    /// 10 to the `exponent`, or nil beyond 18.
    package static func powerOfTen(_ exponent: Int) -> Int64? {
        guard (0...18).contains(exponent) else { return nil }
        return (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
