import DatasetGen

/// Reads the times of consecutive rows in one ``TimestampStyle``.
///
/// Rows of one tick share their time, and those of one day its first ten characters: what is unchanged is compared, not
/// computed.
struct TimestampReader {
    private let style: TimestampStyle
    private var cachedText: [UInt8] = []
    private var cachedTime: Int64 = 0
    private var cachedDay: [UInt8] = []
    private var dayStart: Int64 = 0

    init(_ style: TimestampStyle) {
        self.style = style
    }

    /// Whether times are text.
    var isText: Bool { style == .naive || style == .utc }

    /// The time that stands at a range, in units of the style; nil if it is of another form.
    mutating func time(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        guard isText else { return StoredText.integer(text, range) }
        if text.matches(range, cachedText.span, 0..<cachedText.count) { return cachedTime }
        let length = style == .utc ? SimulatedTime.textLength + 1 : SimulatedTime.textLength
        let start = range.lowerBound
        guard range.count == length, style == .naive || text[range.upperBound - 1] == UInt8(ascii: "Z") else {
            return nil
        }
        let day = start..<start + 10
        if !text.matches(day, cachedDay.span, 0..<cachedDay.count) {
            guard let time = SimulatedTime(parsing: text.string(day)) else { return nil }
            dayStart = time.microseconds
            cachedDay = Array(text.string(day).utf8)
        }
        guard let hour = Self.pair(text, start + 11), let minute = Self.pair(text, start + 14),
            let second = Self.pair(text, start + 17), hour < 24, minute < 60, second < 60,
            let fraction = StoredText.integer(text, start + 20..<start + 26),
            text[start + 20] != UInt8(ascii: "-"),
            text[start + 10] == UInt8(ascii: "T"), text[start + 13] == UInt8(ascii: ":"),
            text[start + 16] == UInt8(ascii: ":"), text[start + 19] == UInt8(ascii: ".")
        else { return nil }
        cachedTime = dayStart + ((hour * 60 + minute) * 60 + second) * SimulatedTime.microsecondsPerSecond + fraction
        cachedText.removeAll(keepingCapacity: true)
        for index in range { cachedText.append(text[index]) }
        return cachedTime
    }

    private static func pair(_ text: Span<UInt8>, _ index: Int) -> Int64? {
        let (tens, ones) = (text[index] &- UInt8(ascii: "0"), text[index + 1] &- UInt8(ascii: "0"))
        return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : nil
    }
}
