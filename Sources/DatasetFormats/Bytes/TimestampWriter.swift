package import DatasetGen

/// Writes the times of consecutive readings in one ``TimestampStyle``.
///
/// Consecutive times mostly are equal or share their hour: what is unchanged is copied, not computed.
package struct TimestampWriter {
    /// The most bytes that one time takes: `-` and 19 digits, or 26 characters and a `Z`.
    package static let maximumLength = 27

    private let style: TimestampStyle
    /// The time whose text is kept.
    private var cached = Int64.min
    /// The first microsecond of that time's hour.
    private var hour = Int64.max
    /// Characters 0–15 of the text.
    private var head = SIMD16<UInt8>()
    /// Characters 10–25 of the text.
    private var tail = SIMD16<UInt8>()

    package init(_ style: TimestampStyle) {
        self.style = style
    }

    /// Whether the text is to stand in quotes where numbers do not.
    var isText: Bool { style.isText }

    /// Appends a time, in microseconds since the Unix epoch.
    @inline(__always)
    package mutating func append(_ time: Int64, to writer: inout ByteWriter) {
        switch style {
        case .naive:
            appendISO8601(time, to: &writer)
        case .utc:
            appendISO8601(time, to: &writer)
            writer.append("Z")
        case .epochSeconds, .epochMilliseconds, .epochMicroseconds, .epochNanoseconds:
            writer.append(decimal: style.number(of: time))
        }
    }

    /// Appends `2025-01-18T10:30:45.123456`.
    @inline(__always)
    private mutating func appendISO8601(_ time: Int64, to writer: inout ByteWriter) {
        guard time == cached else { return appendOther(time, to: &writer) }
        writer.append(head)
        writer.removeLast(6)
        writer.append(tail)
    }

    /// Appends the text of a time that is not the cached one, and keeps it.
    @inline(never)
    private mutating func appendOther(_ time: Int64, to writer: inout ByteWriter) {
        let inHour: Int64
        if time >= hour, time - hour < Self.microsecondsPerHour {
            inHour = time - hour
            writer.append(head)
            writer.removeLast(2)
        } else {
            inHour = appendHour(of: time, to: &writer)
            hour = time - inHour
        }
        let (seconds, fraction) = UInt32(truncatingIfNeeded: inHour / 1_000).quotientAndRemainder(dividingBy: 1_000)
        let microseconds = fraction * 1_000 + UInt32(truncatingIfNeeded: inHour % 1_000)
        writer.appendPair(seconds / 60)
        writer.append(":")
        writer.appendPair(seconds % 60)
        writer.append(".")
        writer.appendPair(microseconds / 10_000)
        writer.appendPair(microseconds / 100 % 100)
        writer.appendPair(microseconds % 100)
        cached = time
        head = writer.last16(from: SimulatedTime.textLength)
        tail = writer.last16(from: 16)
    }

    /// Appends `2025-01-18T10:`, and gives the microseconds passed in that hour.
    private func appendHour(of time: Int64, to writer: inout ByteWriter) -> Int64 {
        let (day, inDay) = SimulatedTime(microseconds: time).dayAndMicroseconds
        let date = CivilDate(daysSinceEpoch: day)
        let year = UInt32(truncatingIfNeeded: date.year)
        let (hour, inHour) = inDay.quotientAndRemainder(dividingBy: Self.microsecondsPerHour)
        writer.appendPair(year / 100)
        writer.appendPair(year % 100)
        writer.append("-")
        writer.appendPair(UInt32(truncatingIfNeeded: date.month))
        writer.append("-")
        writer.appendPair(UInt32(truncatingIfNeeded: date.day))
        writer.append("T")
        writer.appendPair(UInt32(truncatingIfNeeded: hour))
        writer.append(":")
        return inHour
    }

    private static let microsecondsPerHour: Int64 = 3_600_000_000
}

extension TimestampStyle {
    /// Whether times are texts.
    package var isText: Bool { self == .naive || self == .utc }

    /// The declared SQLite type of a column of such times.
    package var sqlType: String { isText ? "DATETIME" : "INTEGER" }

    /// The unit of times that are numbers, as the manifest has it; nil for texts.
    package var unit: String? {
        switch self {
        case .naive, .utc: nil
        case .epochSeconds: "s"
        case .epochMilliseconds: "ms"
        case .epochMicroseconds: "µs"
        case .epochNanoseconds: "ns"
        }
    }

    /// A time as it stands in a text.
    package func text(of time: SimulatedTime) -> String {
        switch self {
        case .naive: time.text
        case .utc: time.text + "Z"
        default: String(number(of: time.microseconds))
        }
    }

    /// A time as a number of this style's units; whole units, rounded down.
    @inline(__always)
    package func number(of time: Int64) -> Int64 {
        switch self {
        case .epochNanoseconds: time * 1_000
        case .epochMicroseconds, .naive, .utc: time
        case .epochMilliseconds: time.flooredQuotient(by: 1_000)
        case .epochSeconds: time.flooredQuotient(by: 1_000_000)
        }
    }
}
