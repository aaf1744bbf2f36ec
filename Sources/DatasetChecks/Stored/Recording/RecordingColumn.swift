import DatasetGen

/// The readings of one metric of a recording, as they are read: counts of the finest decimals so far.
struct RecordingColumn {
    /// What the text of a field is.
    enum Outcome {
        case taken
        /// No number, nor a word for a missing one.
        case noNumber
        /// A number that readings cannot hold as it stands.
        case unfit(String)
    }

    /// In the order of the file.
    private(set) var counts: [Int32] = []
    /// Digits behind the point of the counts.
    private(set) var decimals: Int
    private(set) var hasGaps = false
    /// Whether there has been a number.
    private(set) var hasNumbers = false
    /// To what readings are rounded; nil for not at all.
    private let rounding: Resolution?

    /// Counts are no larger, so that another step fits into 32 bits, too.
    private static let largest: Int64 = 2_000_000_000

    init(rounding: Resolution?) {
        self.rounding = rounding
        decimals = rounding?.decimals ?? 0
    }

    /// Takes a field.
    @inline(__always)
    mutating func append(_ text: Span<UInt8>, _ field: Range<Int>) -> Outcome {
        var range = field
        while range.count > 0, text[range.lowerBound] == UInt8(ascii: " ") {
            range = range.lowerBound + 1..<range.upperBound
        }
        while range.count > 0, text[range.upperBound - 1] == UInt8(ascii: " ") {
            range = range.lowerBound..<range.upperBound - 1
        }
        if range.count >= 2, text[range.lowerBound] == UInt8(ascii: "\""),
            text[range.upperBound - 1] == UInt8(ascii: "\"")
        {
            range = range.lowerBound + 1..<range.upperBound - 1
        }
        guard let number = Self.number(text, range) else {
            guard range.isEmpty || Self.isMissing(text.string(range)) else { return .noNumber }
            counts.append(ReadingBlock.null)
            hasGaps = true
            return .taken
        }
        return append(number, text, range)
    }

    /// A decimal number: digits times ten to the minus decimals.
    private struct Number {
        var digits: Int64
        var decimals: Int
    }

    @inline(__always)
    private mutating func append(_ number: Number, _ text: Span<UInt8>, _ range: Range<Int>) -> Outcome {
        if let rounding { return round(number, to: rounding, text, range) }
        if number.decimals > decimals {
            guard number.decimals <= 6 else {
                return .unfit(
                    "\(text.string(range)) has more than 6 decimals; a resolution for the metric rounds it, such as 0.000001"
                )
            }
            if let problem = rescale(to: number.decimals) { return .unfit(problem) }
        }
        var count = number.digits
        for _ in number.decimals..<decimals {
            let (product, overflow) = count.multipliedReportingOverflow(by: 10)
            if overflow { return .unfit(Self.tooLarge(text.string(range), decimals)) }
            count = product
        }
        guard count.magnitude <= UInt64(Self.largest) else {
            return .unfit(Self.tooLarge(text.string(range), decimals))
        }
        counts.append(Int32(count))
        hasNumbers = true
        return .taken
    }

    private mutating func round(
        _ number: Number,
        to resolution: Resolution,
        _ text: Span<UInt8>,
        _ range: Range<Int>
    ) -> Outcome {
        // In 128 bits, all digits of both count.
        var (above, below) = (Int128(number.digits), Int128(resolution.step))
        for _ in 0..<resolution.decimals { above *= 10 }
        for _ in 0..<number.decimals { below *= 10 }
        var (steps, rest) = above.quotientAndRemainder(dividingBy: below)
        if rest < 0 { (steps, rest) = (steps - 1, rest + below) }
        // The nearest, and of two the even one.
        if rest * 2 > below || (rest * 2 == below && steps % 2 != 0) { steps += 1 }
        let count = steps * Int128(resolution.step)
        guard count.magnitude <= UInt128(Self.largest) else {
            return .unfit(Self.tooLarge(text.string(range), resolution.decimals))
        }
        counts.append(Int32(count))
        hasNumbers = true
        return .taken
    }

    /// Counts in finer units; what is wrong if these do not hold them.
    private mutating func rescale(to decimals: Int) -> String? {
        var factor: Int64 = 1
        for _ in self.decimals..<decimals { factor *= 10 }
        for index in counts.indices where counts[index] != ReadingBlock.null {
            let count = Int64(counts[index]) * factor
            guard count.magnitude <= UInt64(Self.largest) else {
                let text = FixedPoint(count: Int64(counts[index]), decimals: self.decimals).text
                return Self.tooLarge(text, decimals)
            }
            counts[index] = Int32(count)
        }
        self.decimals = decimals
        return nil
    }

    private static func tooLarge(_ number: String, _ decimals: Int) -> String {
        let most = FixedPoint(count: largest, decimals: decimals).text
        return
            "\(number) is too large beside readings of \(decimals) decimals, which lie between -\(most) and \(most); "
            + "a coarser resolution for the metric rounds them"
    }

    /// The resolution that all readings are multiples of: as many decimals as the file writes, in steps that all have in
    /// common where there are enough different ones to tell.
    var resolution: Resolution {
        if let rounding { return rounding }
        var (divisor, distinct): (UInt32, Set<Int32>) = (0, [])
        for count in counts where count != ReadingBlock.null {
            if distinct.count < Self.tellingCount { distinct.insert(count) }
            var (one, other) = (divisor, count.magnitude)
            while other != 0 { (one, other) = (other, one % other) }
            divisor = one
            if divisor == 1, distinct.count == Self.tellingCount { break }
        }
        let isTold = distinct.count == Self.tellingCount && divisor <= 100_000_000
        return Resolution(step: isTold ? Int32(divisor) : 1, decimals: decimals)
    }

    /// The least and the greatest reading; nil without any.
    var range: ClosedRange<Int32>? {
        var (least, greatest) = (Int32.max, ReadingBlock.null)
        for count in counts where count != ReadingBlock.null {
            least = min(least, count)
            greatest = max(greatest, count)
        }
        return least <= greatest ? least...greatest : nil
    }

    /// So many different readings tell that a common step is none by chance.
    private static let tellingCount = 12

    /// What programs write for a missing number.
    private static func isMissing(_ text: String) -> Bool {
        ["nan", "na", "n/a", "null", "none", "nil", "-", "?"].contains(text.lowercased())
    }

    /// Reads a decimal number, also `1.5e-3`, of which the first 18 digits count; nil for anything else.
    @inline(__always)
    private static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Number? {
        var index = range.lowerBound
        guard index < range.upperBound else { return nil }
        let isNegative = text[index] == UInt8(ascii: "-")
        if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
        var (value, digits, significant, decimals): (Int64, Int, Int, Int?) = (0, 0, 0, nil)
        while index < range.upperBound {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit < 10 {
                digits += 1
                if significant > 0 || digit > 0 { significant += 1 }
                if significant <= 18 {
                    value = value &* 10 &+ Int64(digit)
                    if let places = decimals { decimals = places + 1 }
                } else if decimals == nil {
                    return nil
                }
            } else if text[index] == UInt8(ascii: "."), decimals == nil {
                decimals = 0
            } else {
                break
            }
            index += 1
        }
        guard digits > 0 else { return nil }
        var places = decimals ?? 0
        if index < range.upperBound {
            guard text[index] | 0x20 == UInt8(ascii: "e"), index + 1 < range.upperBound else { return nil }
            let isPlus = text[index + 1] == UInt8(ascii: "+")
            guard let exponent = StoredText.integer(text, index + (isPlus ? 2 : 1)..<range.upperBound),
                exponent.magnitude <= 30
            else { return nil }
            places -= Int(exponent)
        }
        while places < 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            (value, places) = (product, places + 1)
        }
        // Zeros behind the sixth decimal say nothing, and no resolution shows what is behind the twenty-fourth.
        while places > 6, value % 10 == 0 || places > 24 { (value, places) = (value / 10, places - 1) }
        return Number(digits: isNegative ? -value : value, decimals: places)
    }
}
