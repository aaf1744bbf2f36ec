/// A whole number as recipes, options and variables may write it: `1000000`, `1e6`, `1.0e+06`, `1000000.0`.
///
/// Programs that make YAML of data, Helm for one, write large numbers with an exponent. All 64 bits are exact.
package struct WholeNumber: Hashable, Sendable {
    /// The number; one beyond 10³⁷ is not told from others that large.
    let value: Int128

    /// Nil for text that is no number, and for a number that is not whole.
    package init?(_ text: String) {
        let node = DocumentNode(content: .scalar(text: text, isPlain: true), origin: .option(""))
        guard let text = node.numberText else { return nil }
        self.init(normal: text)
    }

    /// From the form that ``DocumentNode/numberText`` gives.
    init?(normal text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: "e", omittingEmptySubsequences: false)
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var digits = (mantissa[0] + fraction).drop { $0 == "0" }
        guard !digits.isEmpty else {
            value = 0
            return
        }
        let stated = parts.count > 1 ? Int(parts[1]) ?? (parts[1].hasPrefix("-") ? -1_000 : 1_000) : 0
        var exponent = max(-1_000, min(stated, 1_000)) - fraction.count
        while exponent < 0, digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        guard exponent >= 0 else { return nil }
        let size = digits.count + exponent
        let magnitude = size > 37 ? Self.large : Int128(digits + String(repeating: "0", count: exponent)) ?? Self.large
        value = isNegative ? -magnitude : magnitude
    }

    /// 10³⁷.
    private static let large = (0..<37).reduce(Int128(1)) { product, _ in product * 10 }

    /// The number as an integer of fewer bits; nil if it does not fit.
    package func exactly<Integer: FixedWidthInteger>(_ type: Integer.Type = Integer.self) -> Integer? {
        Integer(exactly: value)
    }
}

extension DocumentNode {
    /// The whole number that a plain scalar is; nil for all else.
    var wholeNumber: WholeNumber? { numberText.flatMap { WholeNumber(normal: $0) } }
}
