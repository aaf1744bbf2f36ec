import DatasetGen

/// Numbers as people read them.
enum Readable {
    /// `1,296,000`.
    static func count(_ value: some BinaryInteger) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    /// `1 sensor`, `1,000 sensors`.
    static func count(_ value: some BinaryInteger, of noun: String) -> String {
        "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
    }

    /// `1.25 M`, `310 k`, `42 `, with three significant digits.
    static func scaled(_ value: Double) -> String {
        for (limit, suffix) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where value >= limit {
            let scaled = value / limit
            return "\(fixed(scaled, decimals: scaled < 10 ? 2 : (scaled < 100 ? 1 : 0))) \(suffix)"
        }
        return "\(fixed(value, decimals: 0)) "
    }

    /// `1:05` or `2:03:00`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9))
        let (hours, minutes) = (whole / 3_600, whole / 60 % 60)
        let tail = twoDigits(whole % 60)
        return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(tail)" : "\(minutes):\(tail)"
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
