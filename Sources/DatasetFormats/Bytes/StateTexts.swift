package import DatasetGen

/// The texts of all states of a schema in one format, prepared once.
package struct StateTexts: Sendable {
    /// The bytes of all texts.
    private(set) var bytes: [UInt8] = []
    /// Where each text lies.
    private var ranges: [Range<Int>] = []
    /// By ``Metric/rawValue``: which of the texts are its own; none for a metric that is a number.
    @usableFromInline private(set) package var owned: [Range<Int>] = []
    /// The most bytes that one text takes.
    private(set) var maximumLength = 0

    /// Prepares the texts; `text` gives that of a state as it stands in a row.
    package init(_ schema: MetricSchema, _ text: (String) -> String) {
        for metric in schema.metrics {
            owned.append(ranges.count..<ranges.count + metric.states.count)
            for state in metric.states {
                let start = bytes.count
                bytes += text(state).utf8
                ranges.append(start..<bytes.count)
                maximumLength = max(maximumLength, bytes.count - start)
            }
        }
    }

    /// Whether a metric is a state.
    @inlinable
    package func isState(_ metric: Int) -> Bool { !owned[metric].isEmpty }

    /// Where the text of a reading lies among the bytes; nil for a number.
    @inline(__always)
    func range(_ metric: Int, _ count: Int32) -> Range<Int>? {
        isState(metric) ? ranges[owned[metric].lowerBound + Int(count)] : nil
    }

    /// The count of a text among a metric's; nil for one that is none of them.
    package func count(_ metric: Int, of text: Span<UInt8>, at place: Range<Int>) -> Int32? {
        let known = bytes.span
        for number in owned[metric] where ranges[number].count == place.count {
            let start = ranges[number].lowerBound
            var index = 0
            while index < place.count, known[start + index] == text[place.lowerBound + index] { index += 1 }
            if index == place.count { return Int32(number - owned[metric].lowerBound) }
        }
        return nil
    }

    /// The same of a text that may be written in another way, which `decode` undoes.
    package func count(
        _ metric: Int,
        of text: Span<UInt8>,
        at place: Range<Int>,
        decodedBy decode: (Span<UInt8>, Range<Int>) -> String?
    ) -> Int32? {
        if let count = count(metric, of: text, at: place) { return count }
        guard let decoded = decode(text, place).map({ Array($0.utf8) }) else { return nil }
        return count(metric, of: decoded.span, at: 0..<decoded.count)
    }
}
