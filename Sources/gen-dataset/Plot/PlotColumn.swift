import DatasetGen

/// What a plot shows of one metric in one column: the range of the readings in it, and the anomalies that change them.
struct PlotColumn {
    /// The lowest reading; nil without any.
    private(set) var low: Double?
    /// The highest reading; nil without any.
    private(set) var high: Double?
    /// The types of the anomalies.
    private(set) var types: Set<AnomalyType> = []

    /// Adds a reading; nil is NULL.
    mutating func add(_ value: Double?) {
        guard let value else { return }
        low = min(low ?? value, value)
        high = max(high ?? value, value)
    }

    /// Marks the column.
    mutating func mark(_ type: AnomalyType) {
        types.insert(type)
    }
}

extension [PlotColumn] {
    /// The lowest and the highest reading; nil without any.
    var range: ClosedRange<Double>? {
        guard let low = compactMap(\.low).min(), let high = compactMap(\.high).max() else { return nil }
        return low...high
    }
}
