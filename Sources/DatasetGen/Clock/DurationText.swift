/// The text form of durations: `90s`, `15m`, `12h`, `7d`, `4w`, `250ms`, `40us`, and sums such as `1d12h`.
public enum DurationText {
    private static let units: [(suffix: String, microseconds: Int64)] = [
        ("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000),
        ("ms", 1_000), ("us", 1),
    ]

    /// The duration in whole microseconds; nil for text of another form, for zero, and beyond 300 years.
    ///
    /// A plain number counts seconds.
    public static func wholeMicroseconds(of text: String) -> Int64? {
        guard let value = microseconds(of: text), value.denominator == 1 else { return nil }
        return value.numerator
    }

    /// As ``wholeMicroseconds(of:)``, but exact for fractions such as `1/3s`.
    static func microseconds(of text: String) -> Rational? {
        var rest = text[...]
        var total: Rational?
        repeat {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "/") }
            rest = rest.dropFirst(number.count)
            let suffix = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(suffix.count)
            guard let part = term(number, suffix: suffix.isEmpty && total == nil && rest.isEmpty ? "s" : suffix) else {
                return nil
            }
            guard let sum = total.map({ add($0, part) }) ?? part else { return nil }
            total = sum
        } while !rest.isEmpty
        return total.flatMap { $0.numerator / $0.denominator <= longest ? $0 : nil }
    }

    /// Microseconds of the longest duration: 300 years.
    static let longest: Int64 = 300 * 366 * SimulatedTime.microsecondsPerDay

    /// Whether a text has the form of a duration, of one that is longer than any can be.
    static func isTooLong(_ text: String) -> Bool {
        var (rest, total) = (text[...], 0.0)
        repeat {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let suffix = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(suffix.count)
            let name = suffix.isEmpty && rest.isEmpty ? "s" : suffix
            guard let count = Double(number), let unit = units.first(where: { $0.suffix == name }) else { return false }
            total += count * Double(unit.microseconds)
        } while !rest.isEmpty
        return total > Double(longest)
    }

    /// The shortest sum of whole units, largest first: `1d12h`, `90s` as `1m30s`.
    public static func text(ofMicroseconds value: Int64) -> String {
        var rest = value
        var text = ""
        for unit in units where rest >= unit.microseconds && unit.suffix != "w" {
            text += "\(rest / unit.microseconds)\(unit.suffix)"
            rest %= unit.microseconds
        }
        return text.isEmpty ? "0s" : text
    }

    private static func term(_ number: Substring, suffix: Substring) -> Rational? {
        guard let unit = units.first(where: { $0.suffix == suffix }) else { return nil }
        let parts = number.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1:
            return Rational(parsing: parts[0])?.multiplied(by: unit.microseconds)
        case 2:
            guard let above = Int64(parts[0]), let below = Int64(parts[1]) else { return nil }
            return Rational(above, below)?.multiplied(by: unit.microseconds)
        default:
            return nil
        }
    }

    private static func add(_ left: Rational, _ right: Rational) -> Rational? {
        let denominator = left.denominator.multipliedReportingOverflow(by: right.denominator)
        let first = left.numerator.multipliedReportingOverflow(by: right.denominator)
        let second = right.numerator.multipliedReportingOverflow(by: left.denominator)
        guard !denominator.overflow, !first.overflow, !second.overflow else { return nil }
        let sum = first.partialValue.addingReportingOverflow(second.partialValue)
        return sum.overflow ? nil : Rational(sum.partialValue, denominator.partialValue)
    }
}
