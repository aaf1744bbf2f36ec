extension SimulatedTime {
    /// Reads ISO 8601: `2025-01-18`, `2025-01-18T10:30`, `2025-01-18T10:30:45.123456Z`, `2025-01-18T10:30:45+05:30`.
    ///
    /// A time without a zone is UTC; a space may stand for the `T`. Nil for anything else, for a day that the calendar
    /// does not have, and outside ``earliest``..<``latest``.
    public init?(parsing text: String) {
        self.init(parsingEnd: text)
        guard self < .latest else { return nil }
    }

    /// Reads the end of an interval, which may be ``latest`` too: it is no part of it.
    init?(parsingEnd text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), scanner.skip("-"),
            let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard date.isValid else { return nil }
        var inDay: Int64 = 0
        if !scanner.isAtEnd {
            guard scanner.skip("T") || scanner.skip(" "), let time = scanner.timeOfDay() else { return nil }
            inDay = time
            guard let offset = scanner.zoneOffset(), scanner.isAtEnd else { return nil }
            inDay -= offset
        }
        self.init(microseconds: date.daysSinceEpoch * Self.microsecondsPerDay + inDay)
        guard self >= .earliest, self <= .latest else { return nil }
    }
}

/// Reads fixed-width digits and punctuation from ASCII text.
private struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = nextDigit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private mutating func nextDigit() -> Int? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }

    /// Microseconds of `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f` with one to six digits.
    mutating func timeOfDay() -> Int64? {
        guard let hour = digits(2), hour < 24, skip(":"), let minute = digits(2), minute < 60 else { return nil }
        var second = 0
        var micros = 0
        if skip(":") {
            guard let value = digits(2), value < 60 else { return nil }
            second = value
            if skip(".") {
                guard let fraction = fraction() else { return nil }
                micros = fraction
            }
        }
        return Int64((hour * 60 + minute) * 60 + second) * SimulatedTime.microsecondsPerSecond + Int64(micros)
    }

    private mutating func fraction() -> Int? {
        var value = 0
        var count = 0
        while let digit = nextDigit() {
            value = value * 10 + digit
            count += 1
            if count > 6 { return nil }
        }
        guard count > 0 else { return nil }
        for _ in count..<6 { value *= 10 }
        return value
    }

    /// Microseconds east of UTC; zero for `Z` and for nothing at all.
    mutating func zoneOffset() -> Int64? {
        if isAtEnd || skip("Z") { return 0 }
        let sign: Int64
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hour = digits(2), hour < 24 else { return nil }
        let hasColon = skip(":")
        guard let minute = !hasColon && isAtEnd ? 0 : digits(2), minute < 60 else { return nil }
        return sign * Int64(hour * 60 + minute) * 60 * SimulatedTime.microsecondsPerSecond
    }
}
