import DatasetGen

/// Writes the end of a line: the time of its point, and a line feed; that of the readings of one tick is made once.
struct PointTime {
    private let style: TimestampStyle
    /// The time whose text is kept.
    private var cached = Int64.min
    /// Bytes of the text: a blank, `-` and 19 digits at most, a line feed.
    private var length = 0
    /// Bytes 0–15 and 16–31 of the text and what happens to follow it.
    private var (head, tail) = (SIMD16<UInt8>(), SIMD16<UInt8>())

    /// The most bytes that are written, of which those behind the text are taken back.
    static let room = 40

    init(_ style: TimestampStyle) { self.style = style }

    /// Appends a time, in microseconds since the Unix epoch.
    @inline(__always)
    mutating func append(_ time: Int64, to writer: inout ByteWriter) {
        guard time == cached else { return appendOther(time, to: &writer) }
        writer.append(head)
        writer.append(tail)
        writer.removeLast(32 - length)
    }

    @inline(never)
    private mutating func appendOther(_ time: Int64, to writer: inout ByteWriter) {
        let start = writer.count
        writer.append(" ")
        writer.append(decimal: style.number(of: time))
        writer.append("\n")
        (cached, length) = (time, writer.count - start)
        writer.append(SIMD16<UInt8>())
        head = writer.last16(from: length + 16)
        tail = length >= 16 ? writer.last16(from: length) : SIMD16()
        writer.removeLast(16)
    }
}
