/// How late readings were: counts in classes that are an eighth of an octave wide.
struct LatenessHistogram: Sendable {
    private static let classesPerOctave = 8
    private var counts = [Int64](repeating: 0, count: 64 * classesPerOctave)
    private(set) var total: Int64 = 0
    /// The greatest lateness, in microseconds.
    private(set) var maximum: Int64 = 0
    /// The sum over all readings, in microseconds: years of a thousand readings a second are more than 64 bits hold.
    private(set) var sum = 0.0

    /// Counts readings that were `microseconds` late.
    mutating func add(_ microseconds: Int64, count: Int64) {
        let late = max(1, microseconds)
        counts[Self.place(of: late)] += count
        total += count
        maximum = max(maximum, late)
        sum += Double(late) * Double(count)
    }

    /// The lateness in seconds that a share of the readings did not exceed; nil without readings.
    func quantile(_ share: Double) -> Double? {
        guard total > 0 else { return nil }
        let wanted = Int64((Double(total) * share).rounded(.up))
        var sum: Int64 = 0
        for place in counts.indices {
            sum += counts[place]
            if sum >= wanted { return min(Double(maximum), Self.upperBound(of: place)) / 1e6 }
        }
        return nil
    }

    private static func place(of late: Int64) -> Int {
        let octave = Int64.bitWidth - 1 - late.leadingZeroBitCount
        let rest = late - 1 << octave
        let part = octave >= 3 ? rest >> (octave - 3) : rest << (3 - octave)
        return octave * classesPerOctave + Int(part)
    }

    private static func upperBound(of place: Int) -> Double {
        let (octave, part) = place.quotientAndRemainder(dividingBy: classesPerOctave)
        return Double(Int64(1) << octave) * (1 + Double(part + 1) / Double(classesPerOctave))
    }
}
