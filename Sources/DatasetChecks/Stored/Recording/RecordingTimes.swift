import DatasetGen

/// Reads the times of a recording: ISO 8601, or a count since 1970 whose size tells its unit.
///
/// What is unchanged from the row before is compared, not computed.
struct RecordingTimes {
    private var cachedText: [UInt8] = []
    private var cachedTime: Int64?
    private var cachedDay: [UInt8] = []
    private var dayStart: Int64 = 0

    /// What is wrong with a text that is no time, as the predicate of a sentence about it.
    static func problem(with text: String) -> String {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        if digits.count == text.count, !digits.isEmpty {
            return "is no time of the years 1973 to 2199 in seconds, ms, µs or ns since 1970, which its size tells"
        }
        if digits.count == 4, let year = Int(digits), !(1_900...2_199).contains(year),
            text.dropFirst(4).hasPrefix("-")
        {
            return "is not a time from 1900 to 2199"
        }
        return "is not a time such as 2025-01-18T10:30:45, with or without Z or +01:00, or seconds, ms, µs or ns since "
            + "1970"
    }

    /// The microseconds since 1970 that stand at a range; nil if it is no time.
    mutating func time(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        if text.matches(range, cachedText.span, 0..<cachedText.count) { return cachedTime }
        let time =
            isoTime(text, range) ?? Self.count(text, range) ?? SimulatedTime(parsing: text.string(range))?.microseconds
        cachedText.removeAll(keepingCapacity: true)
        for index in range { cachedText.append(text[index]) }
        cachedTime = time
        return time
    }

    /// `2025-01-18T10:30:45`, with a space for the T, a fraction or a Z or without.
    private mutating func isoTime(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        let start = range.lowerBound
        guard range.count >= 19, text[start + 10] == UInt8(ascii: "T") || text[start + 10] == UInt8(ascii: " "),
            text[start + 13] == UInt8(ascii: ":"), text[start + 16] == UInt8(ascii: ":")
        else { return nil }
        let day = start..<start + 10
        if !text.matches(day, cachedDay.span, 0..<cachedDay.count) {
            guard let time = SimulatedTime(parsing: text.string(day)) else { return nil }
            dayStart = time.microseconds
            cachedDay = Array(text.string(day).utf8)
        }
        guard let hour = Self.pair(text, start + 11), let minute = Self.pair(text, start + 14),
            let second = Self.pair(text, start + 17), hour < 24, minute < 60, second < 60
        else { return nil }
        var (index, fraction, unit) = (start + 19, 0 as Int64, 100_000 as Int64)
        if index < range.upperBound, text[index] == UInt8(ascii: ".") {
            index += 1
            while index < range.upperBound {
                let digit = text[index] &- UInt8(ascii: "0")
                guard digit < 10 else { break }
                // Zeros behind microseconds say nothing; other digits would be lost.
                guard unit > 0 || digit == 0 else { return nil }
                fraction += Int64(digit) * unit
                unit /= 10
                index += 1
            }
        }
        if index < range.upperBound, text[index] == UInt8(ascii: "Z") { index += 1 }
        guard index == range.upperBound else { return nil }
        return dayStart + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
    }

    /// A whole number of seconds, ms, µs or ns, of the years 1973 to 2199 by its size, or seconds with a fraction.
    private static func count(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        var (whole, digits, index) = (0 as Int64, 0, range.lowerBound)
        while index < range.upperBound, digits < 19 {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int64(digit))
            if overflow || carry { return nil }
            (whole, digits, index) = (sum, digits + 1, index + 1)
        }
        var micros: Int64
        switch whole {
        case 100_000_000..<7_258_118_400: micros = whole * 1_000_000
        case 100_000_000_000..<7_258_118_400_000: micros = whole * 1_000
        case 100_000_000_000_000..<7_258_118_400_000_000: micros = whole
        case 100_000_000_000_000_000..<7_258_118_400_000_000_000:
            guard whole % 1_000 == 0 else { return nil }
            micros = whole / 1_000
        default: return nil
        }
        guard index < range.upperBound else { return micros }
        guard whole < 7_258_118_400, text[index] == UInt8(ascii: ".") else { return nil }
        index += 1
        var unit: Int64 = 100_000
        while index < range.upperBound {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10, unit > 0 || digit == 0 else { return nil }
            micros += Int64(digit) * unit
            unit /= 10
            index += 1
        }
        return micros
    }

    private static func pair(_ text: Span<UInt8>, _ index: Int) -> Int64? {
        let (tens, ones) = (text[index] &- UInt8(ascii: "0"), text[index + 1] &- UInt8(ascii: "0"))
        return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : nil
    }
}
