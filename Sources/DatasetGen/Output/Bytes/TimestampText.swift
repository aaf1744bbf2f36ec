/// The text of rising times in one style, remembered between rows: the same instant is not formatted twice, and within
/// one second only the fraction is.
struct TimestampText {
    private let style: TimestampStyle
    private var time: Int64 = .min
    private var second: Int64 = .min
    /// The text of the instant; its storage is reused.
    private(set) var bytes: [UInt8]
    /// The number of the instant, where the style is one.
    private(set) var number: Int64 = 0

    init(_ style: TimestampStyle) {
        self.style = style
        bytes = Array(repeating: 0, count: SimulatedTime.textLength + (style == .utc ? 1 : 0))
    }

    /// Whether the text is a number.
    var isNumber: Bool { style != .naive && style != .utc }

    /// The most bytes that ``bytes`` has.
    static let limit = SimulatedTime.textLength + 1

    /// Sets the instant, in microseconds since the Unix epoch.
    @inline(__always)
    mutating func set(_ microseconds: Int64) {
        if microseconds != time { update(microseconds) }
    }

    private mutating func update(_ microseconds: Int64) {
        time = microseconds
        switch style {
        case .naive, .utc: updateText()
        case .epochNanoseconds: updateNumber(microseconds * 1_000)
        case .epochSeconds, .epochMilliseconds, .epochMicroseconds:
            updateNumber(microseconds.flooredQuotient(by: style.microsecondsPerUnit))
        }
    }

    private mutating func updateNumber(_ value: Int64) {
        number = value
        bytes = Array(String(value).utf8)
    }

    private mutating func updateText() {
        let newSecond = time.flooredQuotient(by: SimulatedTime.microsecondsPerSecond)
        if newSecond == second {
            var fraction = time - newSecond * SimulatedTime.microsecondsPerSecond
            for index in stride(from: 25, through: 20, by: -1) {
                bytes[index] = UInt8(ascii: "0") + UInt8(fraction % 10)
                fraction /= 10
            }
            return
        }
        second = newSecond
        SimulatedTime(microseconds: time).writeText(into: &bytes)
        if style == .utc { bytes[26] = UInt8(ascii: "Z") }
    }
}
