extension SimulatedTime {
    /// ISO 8601 in UTC with microseconds and without a zone, `2025-01-18T10:30:45.123456`: always 26 characters.
    public var text: String {
        var bytes = [UInt8](repeating: 0, count: Self.textLength)
        writeText(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The length of ``text`` in bytes.
    package static let textLength = 26

    /// ISO 8601 with a `Z`, and without a fraction that is zero: the form that recipes and manifests use.
    public var zonedText: String {
        var text = self.text
        if microseconds.flooredRemainder(by: Self.microsecondsPerSecond) == 0 {
            text.removeLast(7)
        }
        return text + "Z"
    }

    /// Writes ``text`` into the first 26 bytes of `bytes`.
    package func writeText(into bytes: inout [UInt8]) {
        let (days, inDay) = dayAndMicroseconds
        let date = CivilDate(daysSinceEpoch: days)
        let seconds = Int(inDay / Self.microsecondsPerSecond)
        bytes.writeDigits(of: date.year, count: 4, at: 0)
        bytes[4] = UInt8(ascii: "-")
        bytes.writeDigits(of: date.month, count: 2, at: 5)
        bytes[7] = UInt8(ascii: "-")
        bytes.writeDigits(of: date.day, count: 2, at: 8)
        bytes[10] = UInt8(ascii: "T")
        bytes.writeDigits(of: seconds / 3_600, count: 2, at: 11)
        bytes[13] = UInt8(ascii: ":")
        bytes.writeDigits(of: seconds / 60 % 60, count: 2, at: 14)
        bytes[16] = UInt8(ascii: ":")
        bytes.writeDigits(of: seconds % 60, count: 2, at: 17)
        bytes[19] = UInt8(ascii: ".")
        bytes.writeDigits(of: Int(inDay % Self.microsecondsPerSecond), count: 6, at: 20)
    }
}

extension [UInt8] {
    /// Writes the last `count` decimal digits of a value that is not negative, with leading zeros.
    fileprivate mutating func writeDigits(of value: Int, count: Int, at offset: Int) {
        var rest = value
        for position in stride(from: offset + count - 1, through: offset, by: -1) {
            self[position] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}

extension BinaryInteger {
    /// The remainder of the quotient rounded towards minus infinity: it has the sign of `divisor`.
    @inlinable package func flooredRemainder(by divisor: Self) -> Self {
        self - flooredQuotient(by: divisor) * divisor
    }
}
