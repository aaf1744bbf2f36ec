import DatasetFormats
import DatasetGen

/// Reads the lines of an export of VictoriaMetrics, which come in pieces of any length.
///
/// A line is what ``ImportLinesEncoder`` writes: `{"metric":{…},"values":[…],"timestamps":[…]}`.
struct ExportLines {
    /// Samples of one series, in any order.
    struct Line {
        let labels: [JSONValue.Member]
        /// Where the numbers lie, between the brackets.
        let values: Range<Int>
        let times: Range<Int>

        /// A label of the series.
        subscript(label: String) -> String? { labels.first { $0.key == label }?.value.stringValue }

        /// Calls `body` with the texts of each value and its time, which lie in `bytes`.
        ///
        /// - Returns: whether there are as many times as values.
        func forEachSample(of bytes: Span<UInt8>, _ body: (_ value: Span<UInt8>, _ time: Span<UInt8>) -> Void) -> Bool {
            var (value, time) = (values.lowerBound, times.lowerBound)
            while value < values.upperBound, time < times.upperBound {
                let (valueEnd, timeEnd) = (Self.end(value, values, bytes), Self.end(time, times, bytes))
                body(bytes.extracting(value..<valueEnd), bytes.extracting(time..<timeEnd))
                (value, time) = (valueEnd + 1, timeEnd + 1)
            }
            return value >= values.upperBound && time >= times.upperBound
        }

        private static func end(_ start: Int, _ range: Range<Int>, _ bytes: Span<UInt8>) -> Int {
            var place = start
            while place < range.upperBound, bytes[place] != UInt8(ascii: ",") { place += 1 }
            return place
        }
    }

    /// What has come of a line that has not ended.
    private var rest: [UInt8] = []
    /// Whether something has come that is no line of an export.
    private(set) var isDamaged = false

    /// Whether all that has come are whole lines.
    var isComplete: Bool { rest.isEmpty && !isDamaged }

    /// Takes the next piece, and hands on the lines that end in it.
    mutating func take(_ piece: Span<UInt8>, _ body: (Line, Span<UInt8>) -> Void) {
        var begin = 0
        for index in piece.indices where piece[index] == UInt8(ascii: "\n") {
            if rest.isEmpty {
                read(piece.extracting(begin..<index), body)
            } else {
                rest.append(piece, begin..<index)
                let line = rest
                read(line.span, body)
                rest.removeAll(keepingCapacity: true)
            }
            begin = index + 1
        }
        rest.append(piece, begin..<piece.count)
    }

    private mutating func read(_ line: Span<UInt8>, _ body: (Line, Span<UInt8>) -> Void) {
        let lead: StaticString = #"{"metric":"#
        guard let metricEnd = Self.endOfObject(line, from: lead.utf8CodeUnitCount) else {
            isDamaged = true
            return
        }
        var labels: [UInt8] = []
        labels.append(line, lead.utf8CodeUnitCount..<metricEnd)
        guard let values = Self.list(line, from: metricEnd), let times = Self.list(line, from: values.upperBound + 1),
            let metric = JSONValue(parsing: labels)
        else {
            isDamaged = true
            return
        }
        body(Line(labels: metric.members, values: values, times: times), line)
    }

    /// Where an object of texts ends.
    private static func endOfObject(_ line: Span<UInt8>, from start: Int) -> Int? {
        var (index, isText) = (start, false)
        while index < line.count {
            switch line[index] {
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: "\\") where isText: index += 1
            case UInt8(ascii: "}") where !isText: return index + 1
            default: break
            }
            index += 1
        }
        return nil
    }

    /// The range between the next brackets.
    private static func list(_ line: Span<UInt8>, from start: Int) -> Range<Int>? {
        var index = start
        while index < line.count, line[index] != UInt8(ascii: "[") { index += 1 }
        let begin = index + 1
        while index < line.count, line[index] != UInt8(ascii: "]") { index += 1 }
        return index < line.count ? begin..<index : nil
    }
}

extension [UInt8] {
    /// Appends a part of a span.
    fileprivate mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        reserveCapacity(count + range.count)
        for index in range { append(bytes[index]) }
    }
}
