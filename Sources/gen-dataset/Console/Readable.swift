import DatasetGen

/// Numbers, times and lists as people read them.
enum Readable {
    /// `1,296,000`.
    static func count(_ value: some BinaryInteger) -> String { value.grouped }

    /// `1 sensor`, `1,000 sensors`.
    static func count(_ value: some BinaryInteger, of noun: String) -> String {
        value.grouped(of: noun)
    }

    /// `1.25 MB`, `310 kB`, `42 B`, with three significant digits.
    static func bytes(_ value: Double) -> String { ByteCount.text(value) }

    /// `868,352 rows/s`.
    static func rate(_ value: Double, of noun: String) -> String {
        // Nothing is done in no time at all, and no program does 10¹⁵ a second.
        let whole = value.isFinite ? Int64(min(value, 1e15).rounded()) : 0
        return "\(count(whole)) \(noun)/s"
    }

    /// `1:05` or `2:03:00`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9))
        let (hours, minutes) = (whole / 3_600, whole / 60 % 60)
        let tail = twoDigits(whole % 60)
        return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(tail)" : "\(minutes):\(tail)"
    }

    /// `2025-01-01 10:03:20`, UTC.
    static func time(_ time: SimulatedTime) -> String { String(time.text.prefix(19)).replacing("T", with: " ") }

    /// What something is of: `city`, and `city (Oslo, Rome)` where it is only of some, of which three are named.
    static func scope(_ name: String, only names: [String]) -> String {
        let some = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
        return (names.isEmpty ? name : "\(name) (\(some))").onOneLine
    }

    /// `4.86 %`; a dash where there is nothing to share.
    static func percent(_ share: Double?) -> String {
        share.map { fixed($0 * 100, decimals: 2) + " %" } ?? "–"
    }

    /// A number with that many digits behind the point.
    static func fixed(_ value: Double, decimals: Int) -> String {
        // Beyond what a count of decimals holds, as no dataset of this program has it.
        guard value.magnitude < 1e12 else { return value.description }
        let text = FixedPoint(rounding: value, decimals: decimals).text
        let present = text.split(separator: ".").dropFirst().first?.count ?? 0
        guard decimals > present else { return text }
        return text + (present == 0 ? "." : "") + String(repeating: "0", count: decimals - present)
    }

    private static func twoDigits(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}
