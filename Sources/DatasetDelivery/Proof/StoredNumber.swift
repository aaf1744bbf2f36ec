import DatasetGen

/// A number as a store writes it in an answer.
enum StoredNumber {
    /// The count of 10⁻ᵈ that a decimal number is, such as `-0.0625` or `1e-05`; nil for what is none, or lies between two.
    @inline(__always)
    static func count(_ text: Span<UInt8>, decimals: Int) -> Int32? {
        var index = 0
        let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        var value: Int64 = 0
        var (digits, behindPoint, isBehind) = (0, 0, false)
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit < 10 {
                digits += 1
                if isBehind, behindPoint >= decimals {
                    // Zeros behind the last decimal change nothing.
                    guard digit == 0 else { return exponential(text, decimals: decimals) }
                } else {
                    guard value < 1 << 56 else { return nil }
                    value = value &* 10 &+ Int64(digit)
                    if isBehind { behindPoint += 1 }
                }
            } else if text[index] == UInt8(ascii: "."), !isBehind, digits > 0 {
                isBehind = true
            } else {
                return exponential(text, decimals: decimals)
            }
            index += 1
        }
        guard digits > 0 else { return nil }
        while behindPoint < decimals {
            guard value < 1 << 56 else { return nil }
            value &*= 10
            behindPoint += 1
        }
        guard let count = Int32(exactly: isNegative ? -value : value), count != ReadingBlock.null else { return nil }
        return count
    }

    /// Of a number that is not written plainly, the count whose number it is to the last bit.
    @inline(never)
    private static func exponential(_ text: Span<UInt8>, decimals: Int) -> Int32? {
        guard let value = Double(string(text)), value.isFinite, abs(value) < 1e10 else { return nil }
        let scaled = (value * Double(Int64.powerOfTen(decimals) ?? 1)).rounded()
        guard abs(scaled) <= Double(Int32.max), FixedPoint(count: Int64(scaled), decimals: decimals).double == value
        else { return nil }
        return Int32(scaled)
    }

    /// A whole number; nil for what is none.
    @inline(__always)
    static func integer(_ text: Span<UInt8>) -> Int64? {
        var index = 0
        let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard index < text.count, text.count - index <= 19 else { return nil }
        var value: Int64 = 0
        while index < text.count {
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

    /// Bytes as text.
    static func string(_ text: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        for index in text.indices { bytes.append(text[index]) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
