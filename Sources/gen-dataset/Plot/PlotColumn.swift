import DatasetGen

/// What a plot shows of one metric in one column: the range of the readings in it, and the anomalies that change them.
struct PlotColumn {
    /// The lowest reading; nil without any.
    private(set) var low: Double?
    /// The highest reading; nil without any.
    private(set) var high: Double?
    /// The lowest and the highest reading that is a measurement; nil without any.
    private(set) var measured: ClosedRange<Double>?
    /// The types of the anomalies.
    private(set) var types: Set<AnomalyType> = []

    /// Adds a reading; nil is NULL.
    ///
    /// A placeholder, such as −127 °C for no answer, shall not squeeze the measurements of the day into a line.
    mutating func add(_ value: Double?, isPlaceholder: Bool = false) {
        guard let value else { return }
        if !isPlaceholder {
            measured = min(measured?.lowerBound ?? value, value)...max(measured?.upperBound ?? value, value)
        }
        low = min(low ?? value, value)
        high = max(high ?? value, value)
    }

    /// Marks the column.
    mutating func mark(_ type: AnomalyType) {
        types.insert(type)
    }
}

extension [PlotColumn] {
    /// The range to show: the measurements', or all there is if there are none; nil without readings.
    var range: ClosedRange<Double>? {
        let measured = compactMap(\.measured)
        if let low = measured.map(\.lowerBound).min(), let high = measured.map(\.upperBound).max() { return low...high }
        guard let low = compactMap(\.low).min(), let high = compactMap(\.high).max() else { return nil }
        return low...high
    }
}
