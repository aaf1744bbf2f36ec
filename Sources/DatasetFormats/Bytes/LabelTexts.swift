import DatasetGen

/// The text of a row's label in one format, prepared once per label.
struct LabelTexts: Sendable {
    /// The most bytes that one label takes.
    let maximumLength: Int
    /// The bytes of all labels.
    let bytes: [UInt8]
    /// Where the texts begin and end, by ``AnomalyType/rawValue``, 0 for normal.
    let bounds: [Int]

    /// - Parameter text: the text of an anomaly type, nil for a normal reading.
    init(_ text: (AnomalyType?) -> String) {
        var bytes: [UInt8] = []
        var bounds = [0]
        for label in 0...AnomalyType.allCases.count {
            bytes.append(contentsOf: text(AnomalyType(rawValue: UInt8(label))).utf8)
            bounds.append(bytes.count)
        }
        self.bytes = bytes
        self.bounds = bounds
        maximumLength = zip(bounds, bounds.dropFirst()).map { $1 - $0 }.max() ?? 0
    }
}
