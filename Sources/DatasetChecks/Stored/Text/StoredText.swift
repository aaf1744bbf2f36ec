import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Numbers and labels as they stand in the text of a row.
enum StoredText {
    /// A decimal number as a count of 10⁻ᵈ.
    struct Decimal {
        var count: Int32
        /// Whether the text has exactly d decimals.
        var isExact: Bool
    }

    /// Reads a plain decimal such as `-0.0625`; nil for anything else, and for a count beyond 32 bits.
    @inline(__always)
    static func decimal(_ text: Span<UInt8>, _ range: Range<Int>, decimals: Int) -> Decimal? {
        var index = range.lowerBound
        let isNegative = index < range.upperBound && text[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var value: Int64 = 0
        var (digits, behindPoint) = (0, -1)
        var isExact = true
        while index < range.upperBound {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit < 10 {
                digits += 1
                if behindPoint >= decimals {
                    // More decimals than the resolution has: the count is cut, the row is not exact.
                    isExact = false
                } else {
                    value = value &* 10 &+ Int64(digit)
                    if behindPoint >= 0 { behindPoint += 1 }
                }
                guard digits <= 18 else { return nil }
            } else if text[index] == UInt8(ascii: "."), behindPoint < 0, digits > 0 {
                behindPoint = 0
            } else {
                return nil
            }
            index += 1
        }
        guard digits > 0, behindPoint != 0 || decimals == 0 else { return nil }
        var missing = decimals - max(behindPoint, 0)
        if missing > 0 || (decimals == 0 && behindPoint == 0) { isExact = false }
        while missing > 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = product
            missing -= 1
        }
        guard let count = Int32(exactly: isNegative ? -value : value), count != ReadingBlock.null else { return nil }
        return Decimal(count: count, isExact: isExact)
    }

    /// Reads a whole number; nil for anything else, and beyond 18 digits.
    @inline(__always)
    static func integer(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        var index = range.lowerBound
        let isNegative = index < range.upperBound && text[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        guard index < range.upperBound, range.upperBound - index <= 19 else { return nil }
        var value: Int64 = 0
        while index < range.upperBound {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int64(digit))
            if overflow || carry { return nil }
            value = sum
            index += 1
        }
        return isNegative ? -value : value
    }

    /// The anomaly type of this name as an ``AnomalyType/rawValue``; nil for a name that there is not.
    static func label(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt8? {
        for type in AnomalyType.allCases where text.holds(type.name, at: range) { return type.rawValue }
        return nil
    }
}

extension Span<UInt8> {
    /// Whether the bytes of a range are those of a text.
    func holds(_ expected: String, at range: Range<Int>) -> Bool {
        let text = expected.utf8Span.span
        return matches(range, text, 0..<text.count)
    }

    /// Whether the bytes of a range are those of an ASCII text that is known when the program is compiled.
    @inline(__always)
    func holds(literal expected: StaticString, at range: Range<Int>) -> Bool {
        guard expected.utf8CodeUnitCount == range.count else { return false }
        return unsafe extracting(range)
            .withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return true }
                return unsafe memcmp(start, expected.utf8Start, bytes.count) == 0
            }
    }

    /// Where a byte comes first, from an index on.
    @inline(__always)
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        let offset = unsafe extracting(start...)
            .withUnsafeBytes { bytes -> Int? in
                guard let start = bytes.baseAddress, let found = unsafe memchr(start, Int32(byte), bytes.count) else {
                    return nil
                }
                return unsafe UnsafeRawPointer(found) - start
            }
        return offset.map { $0 + start }
    }

    /// Whether the bytes of a range are the same as those of another run of bytes.
    @inline(__always)
    func matches(_ range: Range<Int>, _ other: Span<UInt8>, _ otherRange: Range<Int>) -> Bool {
        guard range.count == otherRange.count else { return false }
        for offset in 0..<range.count
        where self[range.lowerBound &+ offset] != other[otherRange.lowerBound &+ offset] {
            return false
        }
        return true
    }

    /// The text of a range; ill-formed UTF-8 becomes U+FFFD.
    func string(_ range: Range<Int>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for index in range { bytes.append(self[index]) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
