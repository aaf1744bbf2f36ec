/// The texts of all states of a schema in one format, prepared once.
struct StateTexts: Sendable {
    /// The bytes of all texts.
    private(set) var bytes: [UInt8] = []
    /// Where each text lies.
    private(set) var ranges: [Range<Int>] = []
    /// By ``Metric/rawValue``: the number of its first text; -1 for a metric that is a number.
    private(set) var first: [Int] = []
    /// The most bytes that one text takes.
    private(set) var maximumLength = 0

    /// Prepares the texts; `text` gives that of a state as it stands in a row.
    init(_ schema: MetricSchema, _ text: (String) -> String) {
        for metric in schema.metrics {
            first.append(metric.states.isEmpty ? -1 : ranges.count)
            for state in metric.states {
                let start = bytes.count
                bytes += text(state).utf8
                ranges.append(start..<bytes.count)
                maximumLength = max(maximumLength, bytes.count - start)
            }
        }
    }

    /// Where the text of a reading lies among the bytes; nil for a number.
    @inline(__always)
    func range(_ metric: Int, _ count: Int32) -> Range<Int>? {
        first[metric] < 0 ? nil : ranges[first[metric] + Int(count)]
    }

    /// The count of a text among a metric's; nil for one that is none of them.
    func count(_ metric: Int, of text: Span<UInt8>, at place: Range<Int>) -> Int32? {
        let end = metric + 1 < first.count ? first[(metric + 1)...].first { $0 >= 0 } ?? ranges.count : ranges.count
        let known = bytes.span
        for number in first[metric]..<end where ranges[number].count == place.count {
            let start = ranges[number].lowerBound
            var index = 0
            while index < place.count, known[start + index] == text[place.lowerBound + index] { index += 1 }
            if index == place.count { return Int32(number - first[metric]) }
        }
        return nil
    }
}
