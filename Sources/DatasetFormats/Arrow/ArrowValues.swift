import DatasetGen

/// How the values of a column come about, prepared for all sensors.
enum ArrowValues: Sendable {
    case numbers
    case times
    case arrivals
    case flags
    case zeros
    /// NULL throughout.
    case nothing
    case eventIDs
    /// Texts, by a code of the row: their numbers, 0 for NULL, and which codes are NULL.
    case labels([UInt32], isNull: [Bool])
    case difficulties([UInt32], isNull: [Bool])
    case parts([UInt32], isNull: [Bool])
    /// Likewise by sensor; no flags where all sensors have a value.
    case sensorTexts([UInt32], isNull: [Bool])
    case sensorNumbers([Double], isNull: [Bool])
    /// The numbers of a state's texts, by its counts.
    case states(Int, isClean: Bool, [UInt32])
    case counts(Int, isClean: Bool, ColumnLayout.Scale)

    /// - Parameters:
    ///   - source: what the values are.
    ///   - layout: what is prepared for all columns.
    ///   - selected: per sensor, whether there may be rows of it; nil for all.
    /// - Returns: the values, and the texts that their numbers mean.
    static func make(
        _ source: ColumnLayout.Source,
        in layout: ColumnLayout,
        _ selected: [Bool]?
    ) -> (ArrowValues, texts: [[UInt8]]) {
        switch source {
        case .number: return (.numbers, [])
        case .time: return (.times, [])
        case .arrival: return (.arrivals, [])
        case .flag: return (.flags, [])
        case .zero: return (.zeros, [])
        case .eventID: return (.eventIDs, [])
        case .type:
            let (codes, isNull) = flagged(layout.typeCodes)
            return (.labels(codes, isNull: isNull), layout.types.texts)
        case .difficulty:
            let (codes, isNull) = flagged(layout.difficultyCodes)
            return (.difficulties(codes, isNull: isNull), layout.difficulties.texts)
        case .split:
            let (codes, isNull) = flagged(layout.partCodes)
            return (.parts(codes, isNull: isNull), layout.parts.texts)
        case .sensor(let sensors):
            var (codes, isNull) = flagged(sensors.codes)
            if !isNull.contains(false) { return (.nothing, []) }
            if !isNull.contains(true) { isNull = [] }
            if case .doubles(let numbers) = sensors.domain {
                return (.sensorNumbers(codes.map { numbers[Int($0)] }, isNull: isNull), [])
            }
            let texts = selected.map { Self.keep($0, &codes, of: sensors) } ?? sensors.domain.texts
            return (.sensorTexts(codes, isNull: isNull), texts)
        case .state(let metric, let isClean, let domain, let places):
            return (.states(metric, isClean: isClean, places), domain.texts)
        case .metric(let metric, let isClean, let scale): return (.counts(metric, isClean: isClean, scale), [])
        }
    }

    /// Renumbers texts so that those of selected sensors alone are left; returns these.
    private static func keep(_ selected: [Bool], _ codes: inout [UInt32], of sensors: SensorCodes) -> [[UInt8]] {
        let texts = sensors.domain.texts
        var isUsed = texts.map { _ in false }
        for (index, code) in sensors.codes.enumerated() where selected[index] && code != ColumnDomain.null {
            isUsed[Int(code)] = true
        }
        var (kept, places): ([[UInt8]], [UInt32]) = ([], [])
        for (text, isUsed) in zip(texts, isUsed) {
            places.append(isUsed ? UInt32(kept.count) : 0)
            if isUsed { kept.append(text) }
        }
        codes = codes.map { places[Int($0)] }
        return kept
    }

    /// Codes with 0 for NULL, and which are NULL.
    private static func flagged(_ codes: [UInt32]) -> ([UInt32], [Bool]) {
        (codes.map { $0 == ColumnDomain.null ? 0 : $0 }, codes.map { $0 == ColumnDomain.null })
    }
}

extension ColumnDomain {
    /// Its texts; none of another one.
    fileprivate var texts: [[UInt8]] {
        if case .texts(let texts) = self { texts } else { [] }
    }
}
