/// How large an effect of each difficulty is, in multiples of what the healthy readings vary by in the same time.
///
/// That variation is the sensor's own noise for short events; for long ones the weather counts too, in which a slow
/// drift hides. The limits are chosen by measurement: with them a threshold finds the easy events of every type, and no
/// threshold finds the hard ones without false alarms (`docs/audit.md`).
enum DifficultyScale {
    /// The sizes of a type's events of a difficulty.
    static func sizes(_ type: AnomalyType, _ difficulty: Difficulty) -> ClosedRange<Double> {
        switch (type, difficulty) {
        case (.spike, .easy): 12...24
        case (.spike, .medium): 4...8
        case (.spike, .hard): 1.5...3
        case (.trend, .easy): 20...40
        case (.trend, .medium): 4...8
        case (.trend, .hard): 1.5...3
        case (.pattern, .easy): 20...40
        case (.pattern, .medium): 2...4
        case (.pattern, .hard): 0.7...1.4
        case (.noise, .easy): 10...20
        case (.noise, .medium): 1.2...2.4
        case (.noise, .hard): 0.4...0.8
        case (.missingData, _): 0...0
        }
    }

    /// The difficulty of a size that a recipe states.
    static func difficulty(_ type: AnomalyType, ofSize size: Double) -> Difficulty {
        if size >= sizes(type, .easy).lowerBound { return .easy }
        return size >= sizes(type, .medium).lowerBound ? .medium : .hard
    }
}
