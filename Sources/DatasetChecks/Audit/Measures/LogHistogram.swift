/// Counts whole numbers from 0 on: exactly below 128, above in 64 bins per power of two (1.6 % wide).
struct LogHistogram: Sendable {
    private var bins = [Int64](repeating: 0, count: 128 + 64 * 56)
    /// How many numbers were counted.
    private(set) var count: Int64 = 0

    /// Counts a number; a negative one counts as 0.
    mutating func add(_ value: Int64) {
        bins[Self.bin(of: max(0, value))] += 1
        count += 1
    }

    /// The least number that at least `share` of the numbers do not exceed (the lower edge of its bin); nil without any.
    func quantile(_ share: Double) -> Int64? {
        guard count > 0 else { return nil }
        let wanted = max(1, Int64((share * Double(count)).rounded(.up)))
        var sum: Int64 = 0
        for (index, bin) in bins.enumerated() {
            sum += bin
            if sum >= wanted { return Self.lowest(ofBin: index) }
        }
        return nil
    }

    private static func bin(of value: Int64) -> Int {
        guard value >= 128 else { return Int(value) }
        let exponent = 63 - value.leadingZeroBitCount
        // The six bits behind the leading one.
        let fraction = Int(value >> (exponent - 6)) & 63
        return 128 + (exponent - 7) * 64 + fraction
    }

    private static func lowest(ofBin bin: Int) -> Int64 {
        guard bin >= 128 else { return Int64(bin) }
        let (octave, fraction) = (bin - 128).quotientAndRemainder(dividingBy: 64)
        return Int64(64 + fraction) << (octave + 1)
    }
}
